"""Says when this file runs, and which process ran it."""

import multiprocessing
import os

print(f"The file runs as {__name__}.")
RUN_BY = os.getpid()


def work():
    who = "this process" if RUN_BY == os.getpid() else "another one"
    print(f"work() runs. The file was run by {who}.")


if __name__ == "__main__":
    for _ in range(2):
        process = multiprocessing.Process(target=work)
        process.start()
        process.join()
