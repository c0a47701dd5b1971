"""The initializer keeps its error for the first task to raise."""

import multiprocessing


def set_up():
    global failed
    failed = None
    try:
        raise RuntimeError("no configuration")
    except Exception as error:
        failed = error


def work(number):
    if failed:
        raise failed
    return number


if __name__ == "__main__":
    with multiprocessing.Pool(1, initializer=set_up) as pool:
        print(pool.map(work, [1, 2, 3]))
