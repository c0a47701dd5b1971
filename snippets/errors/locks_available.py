"""Tries what needs a semaphore, and what does not."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def report(make):
    try:
        made = make()
    except OSError as error:
        print(f"{make.__name__}: {error!r}")
    else:
        print(f"{make.__name__}: works")
        return made


if __name__ == "__main__":
    report(multiprocessing.Lock)
    report(multiprocessing.Queue)
    pool = report(multiprocessing.Pool)
    if pool:
        pool.terminate()
    executor = report(ProcessPoolExecutor)
    if executor:
        executor.shutdown()
    report(multiprocessing.Pipe)
