"""The configuration goes along with the tasks, as an argument."""

import functools
import multiprocessing


def scale(config, x):
    return x * config["factor"]


if __name__ == "__main__":
    config = {"factor": 10}
    scale_ten = functools.partial(scale, config)
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(scale_ten, [1, 2, 3]))
