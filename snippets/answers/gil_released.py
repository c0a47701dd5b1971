"""Two threads compute in Python, then hash in C."""

import hashlib
import time
from multiprocessing.pool import ThreadPool

DATA = bytes(25_000_000)


def python_code(_):
    start = time.thread_time()
    sum(number * number for number in range(1_000_000))
    return time.thread_time() - start


def c_code(_):
    start = time.thread_time()
    hashlib.sha256(DATA).hexdigest()
    return time.thread_time() - start


if __name__ == "__main__":
    with ThreadPool(2) as pool:
        for task in (python_code, c_code):
            start = time.perf_counter()
            cpu = sum(pool.map(task, range(2)))
            wall = time.perf_counter() - start
            print(f"{task.__name__}: {cpu / wall:.2f} cores busy")
