"""What becomes of a process that started a failing MPI program."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["mpi4py", "mpich"]
# ///

import subprocess
import sys

BYSTANDER = """
import subprocess, sys
subprocess.run([sys.executable, "mpi_worker_dies.py"])
print("the bystander carries on")
"""

if __name__ == "__main__":
    done = subprocess.run(
        [sys.executable, "-c", BYSTANDER], start_new_session=True
    )
    print("the bystander:", done.returncode)
