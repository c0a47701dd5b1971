"""Each task measures itself, by the clock and by CPU time."""

import multiprocessing
import time


def compute():
    start = time.process_time()
    while time.process_time() < start + 0.5:
        pass


def wait():
    time.sleep(0.5)


def timed(task):
    clock, cpu = time.perf_counter(), time.process_time()
    task()
    return time.perf_counter() - clock, time.process_time() - cpu


def run_both():
    with multiprocessing.Pool(2) as pool:
        results.extend(pool.map(timed, [compute, wait]))


if __name__ == "__main__":
    results = []
    parent = timed(run_both)
    names = ["task 0", "task 1", "parent"]
    for name, (clock, cpu) in zip(names, [*results, parent]):
        print(f"{name}: {clock:.2f} s on the clock,", end=" ")
        print(f"{cpu:.2f} s on a CPU")
    if results[0][1] > results[1][1] and results[0][1] > parent[1]:
        print("Task 0 computed, task 1 waited,", end=" ")
        print("and the parent's CPU time has neither.")
