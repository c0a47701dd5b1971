"""Reads the queue first, and waits for the process then."""

import multiprocessing
import sys


def produce(queue, size):
    queue.put("x" * size)
    print("child: put() has returned")


if __name__ == "__main__":
    size = int(sys.argv[1])
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(
        target=produce, args=(queue, size)
    )
    process.start()
    text = queue.get()
    process.join()
    print(f"parent: got {len(text)} characters")
