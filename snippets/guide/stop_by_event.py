"""After Ctrl-C or kill, workers finish their item and clean up."""

import multiprocessing
import signal


def work(stop, items):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while not stop.is_set():
            items.put("an item")
            stop.wait(0.1)
    finally:
        print("worker: cleaned up")


if __name__ == "__main__":
    stop = multiprocessing.Event()
    items = multiprocessing.SimpleQueue()
    worker = multiprocessing.Process(
        target=work, args=(stop, items)
    )
    worker.start()
    # kill, and what stops containers, shall do the same as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        print("parent: got", items.get())
        while True:
            items.get()
    except KeyboardInterrupt:
        print("parent: stopping")
    finally:
        stop.set()
        worker.join()
    print("parent: the worker has ended,", worker.exitcode)
