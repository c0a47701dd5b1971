"""A package's main module defines the worker's function."""

import multiprocessing


def print_hello():
    print("Hello from a process!")


if __name__ == "__main__":
    process = multiprocessing.Process(target=print_hello)
    process.start()
    process.join()
    print("exit code:", process.exitcode)
