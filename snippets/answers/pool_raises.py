"""A pool hands results, and exceptions, back to the parent."""

import multiprocessing


def invert(number):
    return 1 / number


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(invert, [1, 2, 4]))
        try:
            pool.map(invert, [1, 0])
        except ZeroDivisionError as error:
            print("caught in the parent:", error)
