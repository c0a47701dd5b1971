"""The parent has used NumPy's global generator before the fork."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

import multiprocessing

import numpy


def draw(results):
    results.put(numpy.random.random())


if __name__ == "__main__":
    numpy.random.random()
    results = multiprocessing.SimpleQueue()
    processes = [
        multiprocessing.Process(target=draw, args=(results,))
        for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print("the same number:", results.get() == results.get())
