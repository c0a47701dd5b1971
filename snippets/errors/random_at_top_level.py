"""A seed and a generator that each spawned child makes again."""

import multiprocessing
import random

random.seed(2026)
generator = random.Random(2026)


def draw(results):
    results.put((random.random(), generator.random()))


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
    first, second = results.get(), results.get()
    print("random, the same number:", first[0] == second[0])
    print("generator, the same number:", first[1] == second[1])
