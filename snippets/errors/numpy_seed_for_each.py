"""Each task gets a generator of its own, from one seed."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

import multiprocessing

import numpy


def draw(seed):
    generator = numpy.random.default_rng(seed)
    return generator.integers(1000, size=3).tolist()


if __name__ == "__main__":
    seeds = numpy.random.SeedSequence(2026).spawn(3)
    with multiprocessing.Pool(2) as pool:
        for numbers in pool.map(draw, seeds):
            print(numbers)
