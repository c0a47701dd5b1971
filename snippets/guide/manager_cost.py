"""What one operation costs: a local dictionary and a shared one."""

import multiprocessing
import time


def seconds(numbers):
    start = time.perf_counter()
    for key in range(1000):
        numbers[key] = key
    return (time.perf_counter() - start) / 1000


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        shared = manager.dict()
        local_cost = min(seconds({}) for _ in range(5))
        shared_cost = min(seconds(shared) for _ in range(3))
        start = time.perf_counter()
        shared.update({key: key for key in range(1000)})
        at_once = time.perf_counter() - start
    print(f"local:   {local_cost * 1e6:8.2f} µs each")
    print(f"manager: {shared_cost * 1e6:8.2f} µs each")
    print(f"update:  {at_once * 1e6 / 1000:8.2f} µs each")
    if shared_cost > 50 * local_cost:
        print("The manager took over 50 times as long.")
    if at_once < 1000 * shared_cost / 5:
        print("One update() took less than a fifth of that.")
