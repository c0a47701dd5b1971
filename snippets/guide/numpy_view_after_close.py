"""Reads an array whose memory has been closed."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

from multiprocessing.shared_memory import SharedMemory

import numpy

if __name__ == "__main__":
    block = SharedMemory(create=True, size=800)
    array = numpy.ndarray(100, "float64", buffer=block.buf)
    array[:] = 1.5
    block.close()
    block.unlink()
    print("closed")
    print(array[0])
