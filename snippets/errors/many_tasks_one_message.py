"""An executor sends 500 tiny tasks in a message."""

import time
from concurrent.futures import ProcessPoolExecutor


def square(x):
    return x * x


def seconds(executor, chunksize):
    start = time.perf_counter()
    list(executor.map(square, range(1000), chunksize=chunksize))
    return time.perf_counter() - start


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        seconds(executor, 1)  # until the workers run
        single = seconds(executor, 1)
        chunked = min(seconds(executor, 500) for _ in range(9))
    print(f"chunksize=1:   {single:.4f} s")
    print(f"chunksize=500: {chunked:.4f} s")
    if single > 10 * chunked:
        print("Chunks were over 10 times as fast.")
