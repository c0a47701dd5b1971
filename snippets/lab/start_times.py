"""How long it takes to start a process, by start method."""

import multiprocessing
import threading
import time

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
    told = []
    return [
        start_one(
            threading.Thread(target=tell_time, args=(told.append,)),
            lambda: wait_for(told),
        )
        for _ in range(REPEATS)
    ]


def wait_for(told):
    while not told:
        time.sleep(0)
    return told.pop()


def of_processes(method):
    context = multiprocessing.get_context(method)
    queue = context.SimpleQueue()
    runs = []
    for _ in range(REPEATS + 1):
        process = context.Process(
            target=tell_time, args=(queue.put,)
        )
        runs.append(start_one(process, queue.get))
    return runs[1:]  # the first one also starts helpers


def all_costs():
    costs = {"thread": of_threads()}
    for method in ("fork", "forkserver", "spawn"):
        if method in multiprocessing.get_all_start_methods():
            costs[method] = of_processes(method)
    return costs


if __name__ == "__main__":
    for name, runs in all_costs().items():
        print(f"{name:10} {min(run[2] for run in runs):.6f} s")
