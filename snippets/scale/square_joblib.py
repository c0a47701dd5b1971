"""Squares five numbers in four processes of joblib."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["joblib"]
# ///

from joblib import Parallel, delayed


def square(x):
    return x * x


if __name__ == "__main__":
    with Parallel(n_jobs=4) as parallel:
        numbers = [1, 2, 3, 4, 5]
        print(parallel(delayed(square)(x) for x in numbers))
