"""How many workers a pool has if we do not say."""

import multiprocessing
import os

if __name__ == "__main__":
    # Python 3.13 counts the CPUs that this process may use.
    count = getattr(os, "process_cpu_count", os.cpu_count)
    with multiprocessing.Pool() as pool:
        workers = len(multiprocessing.active_children())
    print("a worker for each CPU:", workers == count())
