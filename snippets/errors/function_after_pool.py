"""The worker is forked before the function is defined."""

import multiprocessing

if __name__ == "__main__":
    pool = multiprocessing.get_context("fork").Pool(1)


def square(number):
    return number * number


if __name__ == "__main__":
    with pool:
        print(pool.map(square, [1, 2, 3]))
