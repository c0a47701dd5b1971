"""Gives up when a worker of the pool has been replaced."""

import multiprocessing
import os


def work(number):
    if number == 2:
        os._exit(3)
    return number


if __name__ == "__main__":
    with multiprocessing.Pool(1) as pool:
        workers = multiprocessing.active_children()
        result = pool.map_async(work, [1, 2, 3], chunksize=1)
        while not result.ready():
            result.wait(0.1)
            codes = [worker.exitcode for worker in workers]
            if any(code is not None for code in codes):
                raise SystemExit(f"worker ended: exit code {codes}")
        print(result.get())
