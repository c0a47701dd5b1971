"""A worker of joblib is killed while it works; then a new call."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["joblib", "psutil"]
# ///

import os
import signal

from joblib import Parallel, delayed
from joblib.externals.loky import BrokenProcessPool


def square(x, deadly=False):
    if deadly and x == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return x * x


if __name__ == "__main__":
    numbers = [1, 2, 3, 4, 5]
    try:
        tasks = [delayed(square)(x, deadly=True) for x in numbers]
        Parallel(n_jobs=2)(tasks)
    except BrokenProcessPool as error:
        print(type(error).__name__, error)
    print(Parallel(n_jobs=2)(delayed(square)(x) for x in numbers))
