"""Unpacks each pair into the two arguments of the function."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def add(a, b):
    return a + b


if __name__ == "__main__":
    pairs = [(1, 2), (3, 4)]
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.starmap(add, pairs))
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(add, *zip(*pairs))))
