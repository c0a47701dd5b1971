"""A lambda has no name by which a worker could import it."""

import multiprocessing

if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(lambda x: x * x, [1, 2, 3]))
