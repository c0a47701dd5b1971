"""Where the error of a task comes out of map."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def invert(number):
    return 1 / number


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        try:
            for result in executor.map(invert, [4, 0, 2]):
                print("executor:", result)
        except ZeroDivisionError as error:
            print("executor:", error)

    with multiprocessing.Pool(processes=2) as pool:
        try:
            for result in pool.map(invert, [4, 0, 2]):
                print("pool:", result)
        except ZeroDivisionError as error:
            print("pool:", error)
