"""A forked child makes shared memory; it is gone with the child."""

import multiprocessing
import os
import time
from multiprocessing.shared_memory import SharedMemory


def make(names):
    block = SharedMemory(create=True, size=10)
    names.put(block.name)
    block.close()


if __name__ == "__main__":
    names = multiprocessing.SimpleQueue()
    process = multiprocessing.Process(target=make, args=(names,))
    process.start()
    name = names.get()
    process.join()
    while os.path.exists(f"/dev/shm/{name}"):
        time.sleep(0.01)
    print("gone")
