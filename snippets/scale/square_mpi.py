"""Squares five numbers in four worker processes of MPI."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["mpi4py", "mpich"]
# ///

from mpi4py.futures import MPIPoolExecutor


def square(x):
    return x * x


if __name__ == "__main__":
    with MPIPoolExecutor(max_workers=4) as executor:
        print(list(executor.map(square, [1, 2, 3, 4, 5])))
