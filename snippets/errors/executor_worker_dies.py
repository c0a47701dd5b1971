"""A worker ends in the middle of its task."""

import os
from concurrent.futures import ProcessPoolExecutor


def work(number):
    if number == 2:
        os._exit(3)  # as a crash or a lack of memory would end it
    return number


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        print(list(executor.map(work, [1, 2])))
