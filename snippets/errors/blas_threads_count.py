"""Counts the threads of workers that multiply matrices (Linux)."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

import multiprocessing
import os

import numpy


def threads(size):
    matrix = numpy.ones((size, size))
    matrix @ matrix
    return len(os.listdir("/proc/self/task"))


if __name__ == "__main__":
    cpus = len(os.sched_getaffinity(0))
    with multiprocessing.Pool(processes=2) as pool:
        counts = pool.map(threads, [300, 300], chunksize=1)
    print(f"CPUs: {cpus}, threads of the tasks: {counts}")
    if sum(counts) > cpus:
        print("Two workers have more threads than CPUs.")
