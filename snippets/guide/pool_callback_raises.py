"""A callback raises, and the thread that ran it is gone."""

import multiprocessing


def square(x):
    return x * x


def report(result):
    raise ValueError("the callback fails")


if __name__ == "__main__":
    with multiprocessing.Pool(processes=1) as pool:
        result = pool.apply_async(square, [3], callback=report)
        print(result.get())
