"""Whatever starts processes stands below the guard."""

import multiprocessing


def square(number):
    return number * number


def main():
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, [1, 2, 3]))


if __name__ == "__main__":
    main()
