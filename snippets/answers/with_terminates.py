"""The with block ends, and the pool with it: work is lost."""

import multiprocessing
import time


def square(x):
    time.sleep(60)
    return x * x


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        result = pool.apply_async(square, [3])
    print("finished:", result.ready())
    pool.map(square, [1, 2])
