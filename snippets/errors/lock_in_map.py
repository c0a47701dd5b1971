"""A lock is given to the tasks of a pool as an argument."""

import multiprocessing


def work(task):
    number, lock = task
    with lock:
        return number * 2


if __name__ == "__main__":
    lock = multiprocessing.Lock()
    with multiprocessing.Pool(processes=2) as pool:
        print(pool.map(work, [(1, lock), (2, lock)]))
