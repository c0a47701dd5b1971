"""Runs what follows in as many MPI processes as -n says."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["mpi4py", "mpich"]
# ///

import subprocess
import sys

if __name__ == "__main__":
    _, n, number, *program = sys.argv
    command = ["mpiexec", n, number, sys.executable, *program]
    sys.exit(subprocess.run(command).returncode)
