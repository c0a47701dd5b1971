"""Joins a pool that still accepts tasks."""

import multiprocessing


def square(x):
    return x * x


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    result = pool.apply_async(square, [3])
    pool.join()
    print(result.get())
