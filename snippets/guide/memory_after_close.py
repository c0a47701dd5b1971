"""Opens shared memory again after everybody has closed it."""

from multiprocessing import shared_memory

if __name__ == "__main__":
    memory = shared_memory.SharedMemory(create=True, size=10)
    memory.buf[0] = 42
    memory.close()

    again = shared_memory.SharedMemory(memory.name)
    print("first byte:", again.buf[0])
    again.close()
    again.unlink()
