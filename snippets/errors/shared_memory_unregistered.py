"""Attaches, and tells its resource tracker to forget it."""

import sys
from multiprocessing import resource_tracker, shared_memory

memory = shared_memory.SharedMemory(name=sys.argv[1])
resource_tracker.unregister(memory._name, "shared_memory")
print("reader: first byte:", memory.buf[0])
memory.close()
