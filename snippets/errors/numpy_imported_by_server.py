"""The server of the children has imported NumPy's generator."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy"]
# ///

import multiprocessing

from numpy import random


def draw(results):
    results.put(random.random())


if __name__ == "__main__":
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
