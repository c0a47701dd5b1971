"""Each task gets a part of an array and returns a small result."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

import multiprocessing

import numpy


def largest(part):
    return part.max(axis=1)


if __name__ == "__main__":
    array = numpy.arange(20_000).reshape(10, 2_000)
    parts = numpy.array_split(array, 4)  # views, no copies
    with multiprocessing.Pool(2) as pool:
        results = pool.map(largest, parts, chunksize=1)
    result = numpy.concatenate(results)
    print("rows:", [len(part) for part in parts])
    print("as without a pool:", (result == largest(array)).all())
