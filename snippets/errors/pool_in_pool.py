"""Each task of a pool wants a pool of its own."""

import multiprocessing


def square(x):
    return x * x


def sum_of_squares(n):
    with multiprocessing.Pool(processes=2) as pool:
        return sum(pool.map(square, range(n)))


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(sum_of_squares, [3, 4]))
