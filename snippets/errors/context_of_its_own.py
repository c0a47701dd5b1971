"""A library takes a context, and leaves the global one alone."""

import multiprocessing


def work(number):
    return number * number


def squares(numbers):
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        return pool.map(work, numbers)


if __name__ == "__main__":
    print(squares([1, 2, 3]))
    print(squares([4, 5, 6]))
