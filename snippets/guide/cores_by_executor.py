"""How many cores two workers of each executor keep busy."""

import concurrent.futures
import sys
import time


def compute(size):
    start = time.thread_time()  # CPU time of this thread alone
    sum(number * number for number in range(size))
    return time.thread_time() - start


if __name__ == "__main__":
    print("The GIL is on:", sys._is_gil_enabled())
    busy = {}
    for name in ("Thread", "Process", "Interpreter"):
        kind = getattr(concurrent.futures, f"{name}PoolExecutor")
        with kind(max_workers=2) as executor:
            list(executor.map(compute, [10_000] * 4))  # warm up
            start = time.perf_counter()
            cpu = sum(executor.map(compute, [1_500_000] * 2))
            busy[name] = cpu / (time.perf_counter() - start)
        print(f"{name:11} {busy[name]:.2f} cores busy")
    if busy["Thread"] < 1.5:
        print("The threads got about one core's worth of CPU time.")
