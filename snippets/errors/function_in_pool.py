"""A function and a pool in one file."""

import multiprocessing


def square(number):
    return number * number


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        print(pool.map(square, [1, 2, 3]))
