"""Drops a pool in each call, without closing it."""

import multiprocessing


def square(x):
    return x * x


def squares(numbers):
    pool = multiprocessing.Pool(processes=2)
    return pool.map(square, numbers)


if __name__ == "__main__":
    print(squares([1, 2, 3]))
    print(squares([4, 5, 6]))
    workers = multiprocessing.active_children()
    print("workers left over:", len(workers))
