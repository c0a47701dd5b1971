"""Two workers fill one NumPy array, a row each."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

from multiprocessing import Pool
from multiprocessing.managers import SharedMemoryManager

import numpy


def keep(block, shape):
    global shared, matrix
    shared = block  # as long as the array lives, so must this
    matrix = numpy.ndarray(shape, "int64", buffer=block.buf)


def fill(row):
    matrix[row] = numpy.arange(4) + 10 * row


if __name__ == "__main__":
    shape = (2, 4)
    with SharedMemoryManager() as manager:
        block = manager.SharedMemory(size=2 * 4 * 8)
        keep(block, shape)
        with Pool(
            2, initializer=keep, initargs=(block, shape)
        ) as pool:
            pool.map(fill, [0, 1])
        result = matrix.copy()
    print(result)
