"""Closes the pool first, then waits for its workers to end."""

import multiprocessing


def square(x):
    return x * x


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    result = pool.apply_async(square, [3])
    pool.close()
    pool.join()
    print(result.get())
