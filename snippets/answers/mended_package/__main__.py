"""A package's main module imports the worker's function."""

import multiprocessing

from mended_package.worker import print_hello

if __name__ == "__main__":
    process = multiprocessing.Process(target=print_hello)
    process.start()
    process.join()
    print("exit code:", process.exitcode)
