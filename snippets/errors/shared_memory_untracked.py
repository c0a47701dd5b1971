"""Attaches, and leaves the removal to whoever made it."""

import sys
from multiprocessing import shared_memory

memory = shared_memory.SharedMemory(name=sys.argv[1], track=False)
print("reader: first byte:", memory.buf[0])
memory.close()
