"""Ends without closing its pool."""

import multiprocessing


def square(x):
    return x * x


if __name__ == "__main__":
    pool = multiprocessing.Pool(processes=2)
    print(pool.map(square, [1, 2, 3]))
