"""Three functions that count CPUs, from Python 3.13."""

import multiprocessing
import os

if __name__ == "__main__":
    print("process_cpu_count():", os.process_cpu_count())
    print("os.cpu_count():     ", os.cpu_count())
    print("that of the package:", multiprocessing.cpu_count())
