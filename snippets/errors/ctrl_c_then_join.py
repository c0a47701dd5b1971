"""After Ctrl-C the parent closes the pool and waits."""

import multiprocessing
import os
import signal
import time


def set_up(event):
    global begun
    begun = event


def work():
    begun.set()
    while True:
        time.sleep(0.01)


if __name__ == "__main__":
    os.setpgrp()  # so that our Ctrl-C reaches this program only
    event = multiprocessing.Event()
    pool = multiprocessing.Pool(1, set_up, [event])
    try:
        result = pool.apply_async(work)
        event.wait()
        os.killpg(0, signal.SIGINT)  # what Ctrl-C does
        result.get()
    except KeyboardInterrupt:
        pool.close()
        pool.join()
        print("parent: the pool has ended")
