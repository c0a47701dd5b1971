"""Uses a pool again after its with block has ended."""

import multiprocessing


def square(x):
    return x * x


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(square, [1, 2, 3]))
    print(pool.map(square, [4, 5, 6]))
