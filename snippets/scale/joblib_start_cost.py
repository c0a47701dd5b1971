"""What the first five squares cost: a pool and joblib."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["joblib"]
# ///

import multiprocessing
import time


def square(x):
    return x * x


if __name__ == "__main__":
    numbers = [1, 2, 3, 4, 5]

    begin = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(square, numbers)
    print(f"Pool, spawn:   {time.perf_counter() - begin:.3f} s")

    begin = time.perf_counter()
    from joblib import Parallel, delayed

    seconds = []
    for call in ("joblib, start:", "joblib, again:"):
        Parallel(n_jobs=2)(delayed(square)(x) for x in numbers)
        seconds.append(time.perf_counter() - begin)
        print(f"{call} {seconds[-1]:.3f} s")
        begin = time.perf_counter()
    if seconds[1] < seconds[0]:
        print("The second call was faster.")
