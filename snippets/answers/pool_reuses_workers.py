"""Twenty tasks share the two processes of a pool."""

import multiprocessing
import os


def where(task):
    return os.getpid()


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        pids = set(pool.map(where, range(20)))
    print("at most two processes:", len(pids) <= 2)
    print("the parent is one of them:", os.getpid() in pids)
