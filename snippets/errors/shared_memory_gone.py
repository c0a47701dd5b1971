"""Shared memory is gone after an unrelated program has read it."""

import subprocess
import sys
from multiprocessing import shared_memory

if __name__ == "__main__":
    memory = shared_memory.SharedMemory(create=True, size=10)
    reader = [sys.executable, sys.argv[1], memory.name]
    # The pipe is open until the reader's resource tracker ends.
    done = subprocess.run(reader, capture_output=True, text=True)
    print(done.stdout, end="")
    try:
        shared_memory.SharedMemory(name=memory.name).close()
        print("still there")
    except FileNotFoundError:
        print("gone")
    memory.close()
    try:
        memory.unlink()
    except FileNotFoundError:
        pass
