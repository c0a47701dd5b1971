"""Each rank squares a number; rank 0 gets all of them."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["mpi4py", "mpich"]
# ///

from mpi4py import MPI

comm = MPI.COMM_WORLD
numbers = [1, 2, 3, 4] if comm.rank == 0 else None
number = comm.scatter(numbers)
squares = comm.gather(number * number)
if comm.rank == 0:
    print(squares, "from", comm.size, "processes")
