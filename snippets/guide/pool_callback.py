"""Where a callback runs."""

import multiprocessing
import os
import threading


def work(number):
    return os.getpid()


def report(worker):
    thread = threading.current_thread()
    print("in the worker:", os.getpid() == worker)
    print("in the main thread:", thread is threading.main_thread())


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        pool.apply_async(work, [1], callback=report).get()
