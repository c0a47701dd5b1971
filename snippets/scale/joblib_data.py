"""A large array becomes a file that all workers map."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["joblib", "numpy"]
# ///

import numpy
from joblib import Parallel, delayed


def facts(array, begin):
    part = array[begin : begin + 1000]
    writeable = array.flags.writeable
    return type(array).__name__, writeable, int(part.sum())


if __name__ == "__main__":
    ones = numpy.ones(500_000)  # 4 MB; from 1 MB on joblib maps it
    with Parallel(n_jobs=2) as parallel:
        tasks = [delayed(facts)(ones, n) for n in (0, 5000)]
        print(*parallel(tasks), sep="\n")
