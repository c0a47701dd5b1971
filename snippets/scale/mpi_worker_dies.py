"""A worker of MPI is killed while it works."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["mpi4py", "mpich"]
# ///

import os
import signal

from mpi4py.futures import MPIPoolExecutor


def square(x):
    if x == 3:
        print("item 3 ends its worker", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    return x * x


if __name__ == "__main__":
    with MPIPoolExecutor(max_workers=2) as executor:
        try:
            print(list(executor.map(square, [1, 2, 3, 4, 5])))
        except Exception as error:
            print("never printed:", repr(error))
