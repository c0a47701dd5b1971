"""The environment changes after a process has been started."""

import multiprocessing
import os


def show():
    print(f"COLOUR={os.environ.get('COLOUR')}")


def start_and_join():
    process = multiprocessing.Process(target=show)
    process.start()
    process.join()


if __name__ == "__main__":
    start_and_join()
    os.environ["COLOUR"] = "blue"
    start_and_join()
