"""Counts the files that a process and a pipe hold, on POSIX."""

import multiprocessing
import os


def open_files():
    return len(os.listdir("/dev/fd"))


def ended_process():
    process = multiprocessing.Process(target=abs, args=(1,))
    process.start()
    process.join()
    return process


if __name__ == "__main__":
    ended_process().close()  # starts Python's helpers, if any
    for make in (multiprocessing.Pipe, ended_process):
        before = open_files()
        kept = make()
        held = open_files() - before
        del kept
        left = open_files() - before
        print(f"{make.__name__}: {held} held, {left} after del")
