"""Six tasks in chunks of one and of three, as a timeline."""

import multiprocessing
import os
from time import perf_counter


def wait_for_all(barrier):
    barrier.wait()  # so that no worker takes a task before


def task(seconds):
    """Keeps a core busy; returns who did it, from when to when."""
    began = perf_counter()
    while perf_counter() < began + seconds:
        pass
    return os.getpid(), began, perf_counter()


if __name__ == "__main__":
    sizes = [0.02, 0.02, 0.02, 0.08, 0.08, 0.08]
    barrier = multiprocessing.Barrier(3)
    with multiprocessing.Pool(2, wait_for_all, [barrier]) as pool:
        barrier.wait()
        for size in (1, 3):
            zero = perf_counter()
            spans = pool.map(task, sizes, chunksize=size)
            workers = {}
            for number, (pid, began, ended) in enumerate(spans, 1):
                name = f"worker {len(workers) + 1}"
                lane = workers.setdefault(pid, name)
                times = f"{began - zero:.4f}  {ended - zero:.4f}"
                row = f"chunksize={size}  {lane}  task {number}"
                print(f"{row}  {times}")
