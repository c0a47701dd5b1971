"""Workers ignore Ctrl-C; the parent terminates them."""

import multiprocessing
import os
import signal
import time


def set_up(event):
    global begun
    begun = event
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work():
    begun.set()
    while True:
        time.sleep(0.01)


if __name__ == "__main__":
    os.setpgrp()  # so that our Ctrl-C reaches this program only
    event = multiprocessing.Event()
    try:
        with multiprocessing.Pool(1, set_up, [event]) as pool:
            result = pool.apply_async(work)
            event.wait()
            os.killpg(0, signal.SIGINT)  # what Ctrl-C does
            result.get()
    except KeyboardInterrupt:
        print("parent: the pool has ended")
