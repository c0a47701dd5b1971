"""The function stands at top level; partial() gives it the rest."""

import functools
import multiprocessing


def power(exponent, number):
    return number**exponent


def main(exponent):
    with multiprocessing.Pool(2) as pool:
        task = functools.partial(power, exponent)
        print(pool.map(task, [1, 2, 3]))


if __name__ == "__main__":
    main(exponent=2)
