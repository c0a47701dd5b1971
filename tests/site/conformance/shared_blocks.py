"""SharedMemory, ShareableList and their manager: what can be done without a view of memory."""

import array
import multiprocessing
import struct
from multiprocessing import shared_memory
from multiprocessing.managers import SharedMemoryManager


def caught(call):
    try:
        return call()
    except BaseException as error:
        return type(error).__name__, str(error)


def changes(name, block):
    again = shared_memory.SharedMemory(name)
    again.buf[0] = 42
    again.buf[1:4] = b"abc"
    again.close()
    block.buf[-1] = 7
    with block.buf[8:16].cast("i") as numbers:
        numbers[1] = -5
    block.close()


def lists(shared):
    shared[0] += 1
    shared[1] = "done"


def joined(target, *args):
    child = multiprocessing.Process(target=target, args=args)
    child.start()
    child.join()
    return child.exitcode


def main():
    block = shared_memory.SharedMemory(create=True, size=32)
    buf = block.buf
    print(
        block.size,
        len(buf),
        buf.nbytes,
        buf.itemsize,
        buf.format,
        buf.readonly,
        buf.ndim,
        buf.shape,
        buf.strides,
        buf.contiguous,
    )
    print(joined(changes, block.name, block))
    print(buf[0], bytes(buf[:5]), buf[-1], buf[8:16].cast("i").tolist(), buf[8:16].tobytes(), buf[:3].hex())
    buf[:5] = b"hello"
    buf[5:8] = bytearray(b"abc")
    buf[8:16] = array.array("B", range(8))
    buf[16:20] = buf[0:4]
    buf[20:24:2] = b"xy"
    print(
        bytes(buf),
        list(buf[:5]),
        list(buf[::8]),
        sum(buf[8:16]),
        104 in buf,
        buf[:5] == b"hello",
        buf[:5] != buf[16:21],
    )
    print(bytes(buf[4::-1]), str(buf[:5], "utf-8"), int.from_bytes(buf[8:10], "big"), [one for one in buf[:2]])
    print(
        caught(lambda: buf[32]),
        caught(lambda: buf["a"]),
        caught(lambda: buf.__setitem__(0, 256)),
        caught(lambda: buf.__setitem__(0, b"a")),
    )
    print(
        caught(lambda: buf.__setitem__(slice(0, 2), b"abc")),
        caught(lambda: buf[:3].cast("i")),
        caught(lambda: buf.__setitem__(0, "a")),
    )
    struct.pack_into("<id", buf, 4, -7, 2.5)
    print(struct.unpack_from("<id", buf, 4), bytes(buf[4:16]))
    part = buf[2:4]
    print(caught(block.close))
    part.release()
    print(caught(lambda: part[0]), caught(lambda: len(part)))
    print(block.close(), block.buf, caught(lambda: buf[0]))
    print(caught(lambda: shared_memory.SharedMemory(block.name, create=True, size=1))[0])
    again = shared_memory.SharedMemory(block.name)
    print(again.size, again.buf[4:6] == block.name or bytes(again.buf[:4]), again.name == block.name)
    again.unlink()
    print(again.buf[0], caught(lambda: shared_memory.SharedMemory(again.name))[0], caught(again.unlink)[0])
    again.close()
    print(caught(lambda: shared_memory.SharedMemory("no such name")))
    print(
        caught(lambda: shared_memory.SharedMemory(create=True)),
        caught(lambda: shared_memory.SharedMemory(create=True, size=-1)),
    )
    named = shared_memory.SharedMemory("a name of its own", create=True, size=1)
    print(named, caught(lambda: shared_memory.SharedMemory("a name of its own", create=True, size=1)))
    named.close()
    named.unlink()

    words = shared_memory.ShareableList([1, "waits", 2.5, None, True, b"bytes"])
    print(joined(lists, words), list(words), words[1], len(words), words.count(2.5), words.index(None), words.format)
    print(caught(lambda: words.__setitem__(1, "much longer than it was")), caught(lambda: words[6]))
    words.shm.close()
    words.shm.unlink()
    with SharedMemoryManager() as manager:
        block, numbers = manager.SharedMemory(size=8), manager.ShareableList([0, "text"])
        print(joined(lists, numbers), list(numbers), len(block.buf))
        name = block.name
        block.close()
    print(caught(lambda: shared_memory.SharedMemory(name))[0])


if __name__ == "__main__":
    main()
