"""A manager removes its blocks; workers attach when they start."""

from multiprocessing import Pool
from multiprocessing.managers import SharedMemoryManager


def keep(shared):
    global block
    block = shared  # arrives attached: no name to pass


def count(start):
    return bytes(block.buf[start : start + 500]).count(b"a")


if __name__ == "__main__":
    text = b"banana " * 143  # 1001 bytes
    with SharedMemoryManager() as manager:
        block = manager.SharedMemory(size=len(text))
        block.buf[: len(text)] = text
        with Pool(2, initializer=keep, initargs=(block,)) as pool:
            print(pool.map(count, [0, 500]))
