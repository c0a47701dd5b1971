"""A pool sends tasks in chunks; a chunk stays in one process."""

import multiprocessing
import os
import time


def where(task):
    return os.getpid()


def seconds(pool, chunksize):
    times = []
    for _ in range(10):
        start = time.perf_counter()
        pool.map(where, range(1000), chunksize=chunksize)
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        pids = pool.map(where, range(6), chunksize=3)
        print("tasks 0-2 in one process:", len(set(pids[:3])) == 1)
        print("tasks 3-5 in one process:", len(set(pids[3:])) == 1)

        single = seconds(pool, 1)
        chunked = seconds(pool, 250)
        print(f"1000 tasks, chunksize=1:   {single:.4f} s")
        print(f"1000 tasks, chunksize=250: {chunked:.4f} s")
        if chunked < single:
            print("Chunks of 250 were faster.")
