"""Waits for a process that waits for its queue to be read."""

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
    process.join()
    print(f"parent: got {len(queue.get())} characters")
