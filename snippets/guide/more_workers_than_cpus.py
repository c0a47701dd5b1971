"""One CPU, and one worker or four that compute (Linux)."""

import multiprocessing
import os
import time


def compute(task):
    before = time.process_time()
    sum(n * n for n in range(300_000))
    return time.process_time() - before


def cores_busy(workers):
    with multiprocessing.Pool(workers) as pool:
        start = time.perf_counter()
        cpu = sum(pool.map(compute, range(8), chunksize=1))
        return cpu / (time.perf_counter() - start)


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    one = cores_busy(1)
    four = cores_busy(4)
    print(f"1 worker keeps {one:.2f} cores busy")
    print(f"4 workers keep {four:.2f} cores busy")
    if four < 1.1:
        print("Four workers got no more than one CPU can give.")
