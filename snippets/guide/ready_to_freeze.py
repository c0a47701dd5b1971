"""Can be made into an executable, and runs as it is too."""

import multiprocessing


def square(number):
    return number * number


if __name__ == "__main__":
    multiprocessing.freeze_support()
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3]))
