"""Prints in blocks, as Python does into a file or a pipe."""

import multiprocessing
import sys

sys.stdout.reconfigure(line_buffering=False)


def work(go):
    go.wait()
    print("2: child")


if __name__ == "__main__":
    go = multiprocessing.Event()
    process = multiprocessing.Process(target=work, args=(go,))
    process.start()
    print("1: parent")
    go.set()
    process.join()
    print("3: parent")
