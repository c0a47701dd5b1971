"""A list of a million numbers travels with the task."""

import multiprocessing
import time


def pick(numbers, index):
    return numbers[index]


def seconds(pool, numbers):
    start = time.perf_counter()
    pool.apply(pick, (numbers, 3))
    return time.perf_counter() - start


if __name__ == "__main__":
    numbers = list(range(1_000_000))
    with multiprocessing.Pool(processes=2) as pool:
        seconds(pool, numbers[:10])  # until a worker runs
        small = min(seconds(pool, numbers[:10]) for _ in range(9))
        large = seconds(pool, numbers)
    print(f"with 10 numbers:        {small:.4f} s")
    print(f"with 1,000,000 numbers: {large:.4f} s")
    if large > 10 * small:
        print("The large list took over 10 times as long.")
