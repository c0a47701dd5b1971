"""Whoever makes shared memory removes it, whatever happens."""

from multiprocessing import Process, shared_memory


def work(name):
    memory = shared_memory.SharedMemory(name=name)
    memory.buf[0] = 1
    memory.close()


if __name__ == "__main__":
    memory = shared_memory.SharedMemory(create=True, size=10)
    try:
        process = Process(target=work, args=(memory.name,))
        process.start()
        process.join()
        print("first byte:", memory.buf[0])
    finally:
        memory.close()
        memory.unlink()
