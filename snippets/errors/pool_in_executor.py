"""Workers of an executor may have children."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def square(x):
    return x * x


def sum_of_squares(n):
    with multiprocessing.Pool(processes=2) as pool:
        return sum(pool.map(square, range(n)))


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(sum_of_squares, [3, 4])))
