"""Starts a process at top level, without the guard."""

import multiprocessing


def hello():
    print("Hello from a process!")


process = multiprocessing.Process(target=hello)
process.start()
process.join()
print(f"exit code: {process.exitcode}")
