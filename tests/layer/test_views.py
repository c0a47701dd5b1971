"""A View of the kernel's bytes and a memoryview of a bytearray: the same operations, the same values and errors."""

import random

import pytest
from multiprocessing_workers.views import WRITABLE, View

SIZE = 24


class Buffer:
    """The kernel's bytes, with a count of the accesses."""

    def __init__(self, content: bytes) -> None:
        self.content = bytearray(content)
        self.size = len(content)
        self.writes: list[tuple[int, int]] = []

    def read(self, offset, size):
        return bytes(self.content[offset : offset + size])

    def write(self, offset, data):
        self.writes.append((offset, len(bytes(data))))
        self.content[offset : offset + len(bytes(data))] = bytes(data)


def said(action, view):
    """What it gives, or the error that it raises."""
    try:
        value = action(view)
    except Exception as error:
        return type(error), str(error)
    return value.tolist() if isinstance(value, View | memoryview) else value


def assign(key, value):
    def action(view):
        view[key] = value

    return action


CONTENT = bytes(range(SIZE))
ITEMS = {"B": 24, "b": 24, "h": 12, "I": 6, "d": 3}
ACTIONS = {
    "an item": lambda view: view[2],
    "the last": lambda view: view[-1],
    "beyond the end": lambda view: view[100],
    "before the start": lambda view: view[-100],
    "no index": lambda view: view["a"],
    "a slice": lambda view: view[1:3],
    "backwards": lambda view: view[::-1],
    "a slice of a slice": lambda view: view[2:20][3:5],
    "every second of a reversed slice": lambda view: view[::-1][::2],
    "an empty slice": lambda view: view[5:5],
    "an empty slice as bytes": lambda view: view[5:5].tobytes(),
    "len": len,
    "nbytes": lambda view: view.nbytes,
    "shape": lambda view: view.shape,
    "strides": lambda view: view[::-2].strides,
    "contiguous": lambda view: (view.contiguous, view[::2].contiguous),
    "itemsize": lambda view: view.itemsize,
    "ndim, readonly": lambda view: (view.ndim, view.readonly),
    "tobytes": lambda view: view.tobytes(),
    "bytes of every second": lambda view: bytes(view[::2]),
    "hex": lambda view: view.hex(" "),
    "list": list,
    "equal": lambda view: (view == view, view[:2] == view[:2], view[:2] == view[1:3]),
    "in": lambda view: 3 in view,
    "hash": lambda view: hash(view[:]) if view.readonly else "none",
    "cast to bytes": lambda view: view.cast("B"),
    "cast of a slice": lambda view: view.cast("B")[8:16].cast("d"),
    "cast that does not fit": lambda view: view.cast("B")[:7].cast("I"),
    "cast from one to another": lambda view: view.cast("B").cast("h").cast("I"),
    "released": lambda view: (view.release(), view[0]),
    "length of a released one": lambda view: (view.release(), len(view)),
    "in a with statement": lambda view: view.__enter__()[0],
    "set an item": assign(1, 7),
    "set the last": assign(-1, 7),
    "set beyond the end": assign(100, 7),
    "set what is no number": assign(0, "a"),
    "set what is too large": assign(0, 10**30),
    "set a slice": lambda view: assign(slice(0, 2), view[1:3].tolist() and view[1:3])(view),
    "set a slice of another length": lambda view: assign(slice(0, 2), view[0:1])(view),
    "set an empty slice": lambda view: assign(slice(2, 2), view[2:2])(view),
    "set every second": lambda view: assign(slice(0, 6, 2), view[:3])(view),
    "set backwards": lambda view: assign(slice(2, None, -1), view[:3])(view),
}


@pytest.mark.parametrize("format", ITEMS)
@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_as_a_memoryview(action, format):
    buffer, native = Buffer(CONTENT), bytearray(CONTENT)
    assert said(action, View(buffer, format)) == said(action, memoryview(native).cast(format))
    assert buffer.content == native


def test_as_a_memoryview_for_any_slices():
    choose = random.Random(1)
    for _ in range(2000):
        buffer, native = Buffer(CONTENT), bytearray(CONTENT)
        view, other = View(buffer), memoryview(native)
        for _ in range(choose.randint(1, 3)):
            ends = [choose.choice([None, *range(-SIZE - 2, SIZE + 3)]) for _ in range(2)]
            part = slice(*ends, choose.choice([None, 1, 2, 3, -1, -2, -5]))
            view, other = view[part], other[part]
            assert view.tolist() == other.tolist() and len(view) == len(other)
        new = bytes(choose.randrange(256) for _ in range(len(other)))
        view[:] = other[:] = new
        assert buffer.content == native


def test_a_slice_is_written_at_once_and_nothing_beside_it():
    buffer = Buffer(CONTENT)
    View(buffer)[4:8] = b"abcd"
    View(buffer, "I")[1] = 5
    assert buffer.writes == [(4, 4), (4, 4)]


def test_bytes_that_were_lent_are_written_where_they_changed():
    """struct.pack_into() and file.readinto() get a copy; another process may have written beside it meanwhile."""
    buffer = Buffer(CONTENT)
    view = View(buffer)[8:16]
    lent = view.__buffer__(WRITABLE)
    lent[2:4] = b"xy"
    buffer.content[8] = 99  # by another process
    view.__release_buffer__(lent)
    assert buffer.content == CONTENT[:8] + b"\x63" + CONTENT[9:10] + b"xy" + CONTENT[12:]
    assert buffer.writes == [(10, 2)]


def test_bytes_that_were_lent_for_reading_are_not_written():
    buffer = Buffer(CONTENT)
    view = View(buffer)
    view.__release_buffer__(view.__buffer__(0))
    assert not buffer.writes


def test_who_wants_to_keep_the_memory_is_told_why_not():
    with pytest.raises(BufferError, match="no memory in common"):
        View(Buffer(CONTENT)).__buffer__(WRITABLE | 0x10)
