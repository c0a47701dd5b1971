"""Finishes what has begun, and cancels what has not."""

import multiprocessing
import time
from concurrent.futures import CancelledError, ProcessPoolExecutor


def set_up(event):
    global gate
    gate = event


def work(number):
    gate.wait()
    return number


def open_gate(future):
    gate.set()


if __name__ == "__main__":
    gate = multiprocessing.Event()
    executor = ProcessPoolExecutor(
        max_workers=1, initializer=set_up, initargs=(gate,)
    )
    futures = [executor.submit(work, n) for n in range(10)]
    while not futures[0].running():
        time.sleep(0.01)
    futures[-1].add_done_callback(open_gate)
    executor.shutdown(cancel_futures=True)
    print("first:", futures[0].result())
    try:
        print("last:", futures[-1].result())
    except CancelledError as error:
        print("last:", repr(error))
