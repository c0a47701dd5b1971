"""Runs a program with spawn, the only start method of Windows."""

import multiprocessing
import runpy
import sys

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")
