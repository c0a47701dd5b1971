"""Asks for the process and its exit code until the error knows."""

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def work():
    os._exit(3)


def cause_of_death():
    with ProcessPoolExecutor(1) as executor:
        try:
            executor.submit(work).result()
        except BrokenProcessPool as error:
            return error.__cause__


if __name__ == "__main__":
    while not (cause := cause_of_death()):
        print("not known this time")
    print(cause)
