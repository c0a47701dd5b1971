"""Makes shared memory and forgets to remove it."""

from multiprocessing import shared_memory

if __name__ == "__main__":
    memory = shared_memory.SharedMemory(create=True, size=10)
    memory.buf[0] = 1
    memory.close()
    print("end of the program")
