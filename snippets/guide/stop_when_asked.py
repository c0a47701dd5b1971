"""Asks a child to end, so that it can clean up."""

import multiprocessing


def work(started, stop):
    started.set()
    try:
        while not stop.is_set():
            stop.wait(timeout=0.1)  # a piece of the work
    finally:
        print("The child cleans up.")


if __name__ == "__main__":
    started = multiprocessing.Event()
    stop = multiprocessing.Event()
    process = multiprocessing.Process(
        target=work, args=(started, stop)
    )
    process.start()
    started.wait()
    stop.set()
    process.join()
    print("exit code:", process.exitcode)
