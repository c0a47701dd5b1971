"""A task returns a list, which can be sent back."""

import multiprocessing


def squares(n):
    return [x * x for x in range(n)]


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(squares, [3, 4]))
