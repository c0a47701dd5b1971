"""Sends each line on its way at once."""

import multiprocessing
import sys

sys.stdout.reconfigure(line_buffering=False)


def work(go):
    go.wait()
    print("2: child", flush=True)


if __name__ == "__main__":
    go = multiprocessing.Event()
    process = multiprocessing.Process(target=work, args=(go,))
    process.start()
    print("1: parent", flush=True)
    go.set()
    process.join()
    print("3: parent", flush=True)
