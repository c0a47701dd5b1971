"""The function for the pool is defined inside another function."""

import multiprocessing


def main():
    def square(number):
        return number * number

    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, [1, 2, 3]))


if __name__ == "__main__":
    main()
