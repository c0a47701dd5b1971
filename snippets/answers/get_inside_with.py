"""Asks for the result while the pool still exists."""

import multiprocessing
import time


def square(x):
    time.sleep(0.1)
    return x * x


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        result = pool.apply_async(square, [3])
        print("result:", result.get())
