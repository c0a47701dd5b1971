"""What one operation costs: a local dictionary and a shared one."""

import multiprocessing
import time


def one_by_one(numbers):
    for key in range(1000):
        numbers[key] = key


def at_once(numbers):
    numbers.update({key: key for key in range(1000)})


def microseconds(change, numbers):
    """For each of the 1000; the quickest of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        change(numbers)
        times.append(time.perf_counter() - start)
    return min(times) / 1000 * 1e6


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict()
        local = microseconds(one_by_one, {})
        single = microseconds(one_by_one, shared)
        update = microseconds(at_once, shared)
    print(f"local:   {local:8.2f} µs each")
    print(f"manager: {single:8.2f} µs each")
    print(f"update:  {update:8.2f} µs each")
    if single > 50 * local:
        print("The manager took over 50 times as long.")
    if update < single / 5:
        print("One update() took less than a fifth of that.")
