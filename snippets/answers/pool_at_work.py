"""Two workers share six tasks, recorded as a timeline."""

import multiprocessing
import os
from time import perf_counter


def task(seconds):
    """Keeps a core busy; returns who did it, from when to when."""
    began = perf_counter()
    while perf_counter() < began + seconds:
        pass
    return os.getpid(), began, perf_counter()


def row(lane, span, began, ended):
    times = f"{began - zero:.4f}  {ended - zero:.4f}"
    print(f"A pool of two  {lane:<10}{span:<8}{times}")


if __name__ == "__main__":
    zero = perf_counter()
    with multiprocessing.Pool(processes=2) as pool:
        made = perf_counter()
        sizes = [0.08, 0.04, 0.06, 0.04, 0.08, 0.06]
        spans = pool.map(task, sizes, chunksize=1)
        done = perf_counter()

    row("parent", "starts", zero, made)
    row("parent", "waits", made, done)
    workers = {}
    for number, (pid, began, ended) in enumerate(spans, 1):
        if pid not in workers:
            workers[pid] = f"worker {len(workers) + 1}"
            row(workers[pid], "starts", zero, began)
        row(workers[pid], f"task {number}", began, ended)
