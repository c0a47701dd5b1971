"""Gives map pairs for a function of two arguments."""

import multiprocessing


def add(a, b):
    return a + b


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(add, [(1, 2), (3, 4)]))
