"""Three ways for a process to end, and their exit codes."""

import multiprocessing
import sys
import time


def returns():
    return "nobody receives this value"


def exits():
    sys.exit(3)


def sleeps():
    time.sleep(60)


if __name__ == "__main__":
    for target in (returns, exits, sleeps):
        process = multiprocessing.Process(target=target)
        process.start()
        if target is sleeps:
            process.terminate()
        process.join()
        print(f"{target.__name__}: {process.exitcode}")
