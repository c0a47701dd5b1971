"""An importable function, with one argument filled in."""

import multiprocessing
from functools import partial


def power(exponent, base):
    return base**exponent


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(partial(power, 2), [1, 2, 3]))
