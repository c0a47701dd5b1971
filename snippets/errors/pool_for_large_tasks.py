"""What a task costs by itself, and what the pool adds to it."""

import multiprocessing
import time


def small(number):
    return number


def large(number):
    return sum(n * n for n in range(1_000_000))


def per_task(function, run, tasks):
    begin = time.perf_counter()
    list(run(function, range(tasks)))
    return (time.perf_counter() - begin) / tasks * 1e3


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        pool.map(small, range(10))  # the worker has started
        added = per_task(small, pool.imap, 200)
        itself = per_task(large, map, 5)
    print(f"the pool adds to each task: {added:.3f} ms")
    print(f"a large task takes: {itself:.3f} ms")
    if itself > 10 * added:
        print("The large task is worth a process.")
