"""How long a pool takes to start and end, by number of workers."""

import multiprocessing
from functools import partial

from lab_tasks import nothing
from measure import in_turn

WORKERS = (1, 2, 4)


def open_and_close(method, workers):
    context = multiprocessing.get_context(method)
    with context.Pool(workers) as pool:
        pool.map(nothing, range(workers), chunksize=1)


def costs_by(method):
    """{workers: [seconds, ...]}"""
    return in_turn(
        {
            workers: partial(open_and_close, method, workers)
            for workers in WORKERS
        },
        repeats=5,
    )


def all_costs():
    return {
        method: costs_by(method)
        for method in ("fork", "forkserver", "spawn")
        if method in multiprocessing.get_all_start_methods()
    }


if __name__ == "__main__":
    for method, runs in all_costs().items():
        for workers, took in runs.items():
            print(
                f"{method:10} {workers} workers: {min(took):.4f} s"
            )
