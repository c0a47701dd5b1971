"""Imports NumPy in a worker of two kinds of executor."""

# /// script
# requires-python = ">=3.14"
# dependencies = ["numpy"]
# ///

import concurrent.futures


def mean(numbers):
    import numpy

    return float(numpy.mean(numbers))


if __name__ == "__main__":
    for name in ("Process", "Interpreter"):
        kind = getattr(concurrent.futures, f"{name}PoolExecutor")
        with kind(max_workers=1) as executor:
            future = executor.submit(mean, [1, 2, 6])
            print(f"{name}:", future.exception() or future.result())
