"""A worker of a pool ends in the middle of its task."""

import multiprocessing
import os


def work(number):
    if number == 2:
        print("item 2 ends its worker", flush=True)
        os._exit(3)  # as a crash or a lack of memory would end it
    return number


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        print(pool.map(work, [1, 2, 3], chunksize=1))
