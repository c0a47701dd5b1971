"""Attaches to shared memory that another program has made."""

import sys
from multiprocessing import shared_memory

memory = shared_memory.SharedMemory(name=sys.argv[1])
print("reader: first byte:", memory.buf[0])
memory.close()
