"""What a parent and its child can share if they ask for it."""

import multiprocessing
from multiprocessing import shared_memory


def change(number, shopping, block_name):
    with number.get_lock():
        number.value += 1
    shopping.append("milk")
    block = shared_memory.SharedMemory(block_name)
    block.buf[0] = 42
    block.close()
    print("The child prints to its parent's standard output.")


if __name__ == "__main__":
    number = multiprocessing.Value("i", 1)
    block = shared_memory.SharedMemory(create=True, size=1)
    with multiprocessing.Manager() as manager:
        shopping = manager.list(["bread"])
        process = multiprocessing.Process(
            target=change, args=(number, shopping, block.name)
        )
        process.start()
        process.join()
        print("Value:       ", number.value)
        print("Manager list:", list(shopping))
        print("SharedMemory:", block.buf[0])
    block.close()
    block.unlink()
