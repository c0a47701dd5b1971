"""An executor sends each tiny task in a message of its own."""

import time
from concurrent.futures import ProcessPoolExecutor


def square(x):
    return x * x


def seconds(map_function):
    start = time.perf_counter()
    list(map_function(square, range(1000)))
    return time.perf_counter() - start


if __name__ == "__main__":
    loop = min(seconds(map) for _ in range(9))
    with ProcessPoolExecutor(max_workers=2) as executor:
        seconds(executor.map)  # until the workers run
        single = seconds(executor.map)
    print(f"map:          {loop:.4f} s")
    print(f"executor.map: {single:.4f} s")
    if single > 100 * loop:
        print("The executor took over 100 times as long.")
