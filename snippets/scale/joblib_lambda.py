"""A lambda, and a function made inside another one."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["joblib"]
# ///

from joblib import Parallel, delayed


def power(exponent):
    def raised(x):
        return x**exponent

    return raised


if __name__ == "__main__":
    with Parallel(n_jobs=2) as parallel:
        for function in (lambda x: x * x, power(3)):
            print(parallel(delayed(function)(x) for x in [1, 2, 3]))
