"""One thread for each worker, set before NumPy is imported."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

import multiprocessing
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy  # noqa: E402


def threads(size):
    matrix = numpy.ones((size, size))
    matrix @ matrix
    return len(os.listdir("/proc/self/task"))


if __name__ == "__main__":
    with multiprocessing.Pool(processes=2) as pool:
        counts = pool.map(threads, [300, 300], chunksize=1)
    print(f"threads of the tasks: {counts}")
