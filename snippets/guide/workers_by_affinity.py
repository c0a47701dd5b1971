"""How many workers a pool has when one CPU may be used (Linux)."""

import multiprocessing
import os

if __name__ == "__main__":
    one = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {one})
    print("usable CPUs:", len(os.sched_getaffinity(0)))
    with multiprocessing.Pool():
        workers = len(multiprocessing.active_children())
    print("workers of Pool():", workers)
