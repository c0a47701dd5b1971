"""Ends two processes from outside, and shows their exit codes."""

import multiprocessing
import time


def work(started):
    try:
        started.set()
        time.sleep(60)
    finally:
        print("The child cleans up.")


def start():
    started = multiprocessing.Event()
    process = multiprocessing.Process(target=work, args=(started,))
    process.start()
    started.wait()
    return process


if __name__ == "__main__":
    process = start()
    process.terminate()
    process.join()
    print("after terminate():", process.exitcode)

    process = start()
    process.kill()
    process.join()
    print("after kill():", process.exitcode)
