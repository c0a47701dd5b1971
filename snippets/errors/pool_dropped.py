"""Makes a pool in a function, and drops it at the return."""

import multiprocessing


def square(x):
    return x * x


def squares(numbers):
    pool = multiprocessing.Pool(processes=2)
    return pool.map(square, numbers)


if __name__ == "__main__":
    print(squares([1, 2, 3]))
