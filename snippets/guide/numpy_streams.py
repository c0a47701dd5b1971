"""The same random numbers with one worker and with three."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

import multiprocessing

import numpy


def hits(seed):
    x, y = numpy.random.default_rng(seed).random((2, 10_000))
    return int((x * x + y * y < 1).sum())


if __name__ == "__main__":
    for workers in (1, 3):
        seeds = numpy.random.SeedSequence(2026).spawn(6)
        with multiprocessing.Pool(workers) as pool:
            counts = pool.map(hits, seeds, chunksize=1)
        print("workers:", workers, "hits:", counts)
    print("pi is about", 4 * sum(counts) / 60_000)
