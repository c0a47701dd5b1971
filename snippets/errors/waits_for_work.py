"""Asks for the result before the with block ends."""

import multiprocessing
import time


def work(number):
    time.sleep(1)
    print(f"item {number} is done")


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        result = pool.apply_async(work, [1])
        result.get()
    print("end of the program")
