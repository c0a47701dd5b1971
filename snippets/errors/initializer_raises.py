"""The workers of a pool fail before they take a task."""

import multiprocessing


def set_up():
    raise RuntimeError("no configuration")


def work(number):
    return number


if __name__ == "__main__":
    with multiprocessing.Pool(1, initializer=set_up) as pool:
        print(pool.map(work, [1, 2, 3], chunksize=1))
