"""How many bytes travel when an array is an argument."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

import pickle

import numpy

if __name__ == "__main__":
    array = numpy.ones((1000, 1000))  # 8,000,000 bytes
    whole = pickle.dumps(array)
    row = pickle.dumps(array[3])
    print("the array: more than 8 MB:", len(whole) > 8_000_000)
    print("one row of it: less than 10 kB:", len(row) < 10_000)

    buffers = []
    head = pickle.dumps(
        array, protocol=5, buffer_callback=buffers.append
    )
    print("out of band: less than 300 bytes:", len(head) < 300)
    again = pickle.loads(head, buffers=buffers)
    print("and no copy:", numpy.shares_memory(array, again))
