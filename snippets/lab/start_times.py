"""How long it takes to start a process, by start method."""

import multiprocessing
import threading
import time
from queue import SimpleQueue

REPEATS = 9


def tell_time(send):
    """Sends the time at which this function began to run."""
    send(time.perf_counter())


def start_one(worker, receive):
    """Starts and joins it; when did what happen, in seconds?"""
    start = time.perf_counter()
    worker.start()
    started = time.perf_counter()
    began = receive()
    worker.join()
    ended = time.perf_counter()
    return began - start, started - start, ended - start


def of_threads():
    told = SimpleQueue()
    return [
        start_one(
            threading.Thread(target=tell_time, args=(told.put,)),
            told.get,
        )
        for _ in range(REPEATS)
    ]


def of_processes(method):
    context = multiprocessing.get_context(method)
    told = context.SimpleQueue()
    runs = [
        start_one(
            context.Process(target=tell_time, args=(told.put,)),
            told.get,
        )
        for _ in range(REPEATS + 1)
    ]
    return runs[1:]  # the first may start a helper too


def all_costs():
    costs = {"thread": of_threads()}
    for method in ("fork", "forkserver", "spawn"):
        if method in multiprocessing.get_all_start_methods():
            costs[method] = of_processes(method)
    return costs


if __name__ == "__main__":
    for name, runs in all_costs().items():
        print(f"{name:10} {min(run[2] for run in runs):.6f} s")
