"""One process makes a block of memory, another attaches by name."""

from contextlib import closing
from multiprocessing import Process
from multiprocessing.shared_memory import SharedMemory


def shout(name, length):
    with closing(SharedMemory(name)) as block:
        text = bytes(block.buf[:length])
        block.buf[:length] = text.upper()


if __name__ == "__main__":
    text = b"hello, memory"
    block = SharedMemory(create=True, size=len(text))
    try:
        block.buf[: len(text)] = text
        args = (block.name, len(text))
        process = Process(target=shout, args=args)
        process.start()
        process.join()
        print(bytes(block.buf[: len(text)]))
    finally:
        block.close()
        block.unlink()
