"""The pool is terminated while its worker has work."""

import multiprocessing
import time


def share(event):
    global begun
    begun = event


def work():
    print("working")
    begun.set()
    time.sleep(60)


if __name__ == "__main__":
    begun = multiprocessing.Event()
    with multiprocessing.Pool(1, share, [begun]) as pool:
        pool.apply_async(work)
        begun.wait()
