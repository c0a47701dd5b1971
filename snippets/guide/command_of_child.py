"""The command line that the child's Python was started with."""

import multiprocessing
import sys


def show():
    for word in sys.orig_argv[1:]:
        print(word)


if __name__ == "__main__":
    process = multiprocessing.Process(target=show)
    process.start()
    process.join()
