"""How many cores two processes and two threads can keep busy."""

import multiprocessing
import time
from multiprocessing.pool import ThreadPool


def compute(size):
    start = time.thread_time()  # CPU time of this thread alone
    sum(number * number for number in range(size))
    return time.thread_time() - start


def busy_cores(name, make_pool):
    start = time.perf_counter()
    with make_pool(2) as pool:
        cpu = sum(pool.map(compute, [2_000_000] * 2))
    wall = time.perf_counter() - start
    print(f"2 {name}: {cpu:.2f} s of CPU time in {wall:.2f} s,")
    print(f"    so {cpu / wall:.2f} cores were busy")
    return cpu / wall


if __name__ == "__main__":
    busy_cores("processes", multiprocessing.Pool)
    cores = busy_cores("threads", ThreadPool)
    if cores < 1.5:
        print("The threads shared one core's worth of CPU time.")
    else:
        print("The threads used more than one core.")
