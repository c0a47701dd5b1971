"""Times the start and the end of a child, by start method."""

import asyncio  # noqa: F401 - stands for all that a program imports
import multiprocessing
import statistics
import time


def nothing():
    pass


def milliseconds(context):
    start = time.perf_counter()
    process = context.Process(target=nothing)
    process.start()
    process.join()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    median = {}
    for context in (
        multiprocessing.get_context("fork"),
        multiprocessing.get_context("forkserver"),
        multiprocessing.get_context("spawn"),
    ):
        method = context.get_start_method()
        first = milliseconds(context)
        times = [milliseconds(context) for _ in range(7)]
        median[method] = statistics.median(times)
        print(f"{method:10} first {first:7.1f} ms", end=", ")
        print(f"median of 7 others {median[method]:7.1f} ms")
    if median["fork"] < median["spawn"]:
        print("A forked child was done sooner than a spawned one.")
