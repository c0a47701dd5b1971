"""One BLAS thread for each worker, set when the worker starts."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy", "threadpoolctl"]
# ///

import multiprocessing

import numpy
from threadpoolctl import threadpool_info, threadpool_limits


def limit():
    threadpool_limits(limits=1)


def work(size):
    matrix = numpy.ones((size, size))
    matrix @ matrix
    return [library["num_threads"] for library in threadpool_info()]


if __name__ == "__main__":
    with multiprocessing.Pool(2, initializer=limit) as pool:
        print("threads:", pool.map(work, [100, 100], chunksize=1))
