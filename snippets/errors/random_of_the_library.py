"""The standard library's generator is seeded anew in each child."""

import multiprocessing
import random


def draw(results):
    results.put(random.random())


if __name__ == "__main__":
    random.seed(2026)
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
