"""Bytes that two processes see."""

from multiprocessing import Process
from multiprocessing import shared_memory


def work(name):
    memory = shared_memory.SharedMemory(name)
    memory.buf[0] = 42
    memory.close()


if __name__ == "__main__":
    memory = shared_memory.SharedMemory(
        create=True, size=64
    )
    args = (memory.name,)
    child = Process(target=work, args=args)
    child.start()
    child.join()
    print(memory.buf[0])
    memory.close()
    memory.unlink()  # once, by its owner
