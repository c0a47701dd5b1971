"""Threads and processes behind the same two lines."""

import os
from concurrent.futures import (
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)


def where(task):
    return os.getpid()


if __name__ == "__main__":
    for kind in (ThreadPoolExecutor, ProcessPoolExecutor):
        with kind(max_workers=2) as executor:
            pids = set(executor.map(where, range(10)))
        print(kind.__name__, "in the parent:", os.getpid() in pids)
