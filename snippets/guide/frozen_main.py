"""A main program that is ready to be frozen."""

import multiprocessing


def square(number):
    return number * number


if __name__ == "__main__":
    multiprocessing.freeze_support()
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, [1, 2, 3]))
