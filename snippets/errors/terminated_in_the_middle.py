"""The with block ends while a task is running."""

import multiprocessing
import time


def set_up(event):
    global begun
    begun = event


def work(number):
    try:
        begun.set()
        time.sleep(60)
    finally:
        print("the task cleans up")


if __name__ == "__main__":
    event = multiprocessing.Event()
    with multiprocessing.Pool(1, set_up, [event]) as pool:
        pool.apply_async(work, [1])
        event.wait()
        print("the task is running")
    print("end of the program")
