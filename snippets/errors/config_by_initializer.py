"""An initializer defines the name in each worker, once."""

import multiprocessing


def set_config(value):
    global config
    config = value


def scale(x):
    return x * config["factor"]


if __name__ == "__main__":
    with multiprocessing.Pool(
        processes=2,
        initializer=set_config,
        initargs=({"factor": 10},),
    ) as pool:
        print(pool.map(scale, [1, 2, 3]))
