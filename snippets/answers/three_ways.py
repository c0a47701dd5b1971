"""Tasks in a loop, in a process each, and in a pool of two."""

import multiprocessing
import time


def sum_squares(size):
    return sum(number * number for number in range(size))


def loop(sizes):
    for size in sizes:
        sum_squares(size)


def process_each(sizes):
    processes = [
        multiprocessing.Process(target=sum_squares, args=(size,))
        for size in sizes
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def pool_of_two(sizes):
    with multiprocessing.Pool(processes=2) as pool:
        pool.map(sum_squares, sizes)


def milliseconds(way, sizes):
    start = time.perf_counter()
    way(sizes)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    print("              6 tiny tasks  4 large tasks")
    for way in (loop, process_each, pool_of_two):
        tiny = milliseconds(way, [1] * 6)
        large = milliseconds(way, [600_000] * 4)
        print(f"{way.__name__:12}{tiny:11.3f} ms", end=" ")
        print(f"{large:11.0f} ms")

    # By now, tiny is the time of the pool.
    quickest = min(milliseconds(loop, [1] * 6) for _ in range(9))
    if tiny > 100 * quickest:
        print("Tiny tasks take the pool over 100 times as long.")
