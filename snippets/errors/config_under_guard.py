"""The workers use a name that only the parent defines."""

import multiprocessing


def scale(x):
    return x * config["factor"]


if __name__ == "__main__":
    config = {"factor": 10}
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(scale, [1, 2, 3]))
