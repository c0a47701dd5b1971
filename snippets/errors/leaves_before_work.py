"""The with block ends while the task waits."""

import multiprocessing
import time


def work(number):
    time.sleep(1)
    print(f"item {number} is done")


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        pool.apply_async(work, [1])
    print("end of the program")
