"""A manager's lock may go anywhere, even along with a task."""

import multiprocessing


def work(task):
    number, lock = task
    with lock:
        return number * 2


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        lock = manager.Lock()
        with multiprocessing.Pool(processes=2) as pool:
            print(pool.map(work, [(1, lock), (2, lock)]))
