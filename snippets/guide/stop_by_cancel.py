"""A future can be cancelled before its task has begun."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def set_up(*events):
    global begun, gate
    begun, gate = events


def work():
    begun.set()
    gate.wait()
    return "done"


if __name__ == "__main__":
    events = [multiprocessing.Event(), multiprocessing.Event()]
    begun, gate = events
    with ProcessPoolExecutor(1, None, set_up, events) as executor:
        futures = [executor.submit(work) for _ in range(10)]
        begun.wait()
        print("first:", futures[0].cancel())
        print("last:", futures[-1].cancel())
        gate.set()
        print("result of the first:", futures[0].result())
