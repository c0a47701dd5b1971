"""The function for the pool is a lambda."""

import multiprocessing

if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        print(pool.map(lambda number: number * number, [1, 2, 3]))
