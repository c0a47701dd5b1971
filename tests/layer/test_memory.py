"""Shared ctypes objects and ctypes' own: the same operations, the same values and errors."""

import copy
import ctypes
import types

import pytest
from multiprocessing_workers import memory, shared_blocks
from multiprocessing_workers.memory import Buffer, filled, shared

from .conftest import Bytes


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double)]


class Line(ctypes.Structure):
    _fields_ = [("ends", Point * 2), ("name", ctypes.c_char * 8), ("count", ctypes.c_short)]


class Cells:
    """The kernel's cells."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.content: dict[int, bytearray] = {}
        self.writes: list[tuple[int, int]] = []  # offset and length
        for module in (memory, shared_blocks):
            monkeypatch.setattr(module, "call", self.cell)
            monkeypatch.setattr(module, "tell", self.tell)
        monkeypatch.setattr(
            memory, "fetch", lambda _, handle, offset, size: Bytes(self.content[handle][offset : offset + size])
        )

    def cell(self, operation, size):
        assert operation == "cell"
        self.content[len(self.content)] = bytearray(size)
        return len(self.content) - 1

    def tell(self, operation, handle, *arguments):
        if operation == "write":
            offset, data = arguments
            self.writes.append((offset, len(data)))
            self.content[handle][offset : offset + len(data)] = data


@pytest.fixture
def cells(monkeypatch):
    return Cells(monkeypatch)


def line():
    return Line(((1, 1.5), (2, 2.5)), b"first", 3)


def said(action, obj):
    try:
        value = action(obj)
    except Exception as error:
        return type(error), str(error)
    return value if isinstance(value, int | float | bytes | list | tuple | types.NoneType) else bytes(local(value))


def local(obj):
    if not hasattr(type(obj), "_refresh"):
        return obj
    obj._refresh()
    return obj._local


def put(name, value, *path):
    def action(obj):
        for step in path:
            obj = obj[step] if isinstance(step, int | slice) else getattr(obj, step)
        obj.__setitem__(name, value) if isinstance(name, int | slice) else setattr(obj, name, value)

    return action


LINES = {
    "a field": lambda line: line.count,
    "bytes": lambda line: line.name,
    "a structure in an array in a structure": lambda line: (line.ends[1].x, line.ends[1].y),
    "an array": lambda line: [end.x for end in line.ends],
    "a whole structure": lambda line: line.ends[0],
    "set a field": put("count", -7),
    "set bytes": put("name", b"second"),
    "set one that is inside": put("y", 9.25, "ends", 1),
    "set a whole structure": put(0, Point(8, 8.5), "ends"),
    "set what does not fit": put("name", b"much too long"),
    "set what is no number": put("count", "a"),
    "no such field": lambda line: line.missing,
    "no such item": lambda line: line.ends[2],
    "set no such item": put(2, Point(), "ends"),
}
ARRAYS = {
    "an item": lambda array: array[1],
    "the last": lambda array: array[-1],
    "a slice": lambda array: array[1:4:2],
    "len": len,
    "list": list,
    "sum": sum,
    "in": lambda array: 30 in array,
    "beyond the end": lambda array: array[5],
    "set an item": put(1, -1),
    "set a slice": put(slice(1, 3), [7, 8]),
    "set a slice of another length": put(slice(1, 3), [7]),
    "set beyond the end": put(5, 1),
    "set what is no number": put(0, 1.5),
}


@pytest.mark.parametrize(
    "make, action",
    [*((line, one) for one in LINES.values()), *(((ctypes.c_int * 5).__call__, one) for one in ARRAYS.values())],
)
def test_as_ctypes(cells, make, action):
    native = make() if make is line else make(10, 20, 30, 40, 50)
    mine = filled(type(native).from_buffer_copy(native))
    assert said(action, mine) == said(action, native)
    assert bytes(cells.content[0]) == bytes(native)


def test_two_processes_see_each_others_writes(cells):
    mine = filled(line())
    other = shared(Line, mine._buffer)
    mine.ends[0].x = 77
    assert other.ends[0].x == 77
    end = other.ends[1]
    mine.ends[1].y = 0.5
    assert end.y == 0.5


def test_only_what_changed_is_written(cells):
    """Else a write of one field would bring back what another process has overwritten beside it."""
    mine = filled(line())
    cells.writes.clear()
    mine.count = 4
    mine.count = 4
    mine.ends[1].x = 3
    assert cells.writes == [(Line.count.offset, 1), (ctypes.sizeof(Point), 1)]


def test_what_another_process_has_overwritten_is_written_again(cells):
    mine = filled(line())
    other = shared(Line, mine._buffer)
    mine.count = 4
    other.count = 5
    mine.count = 4
    assert other.count == 4


def test_what_a_type_is_taken_for(cells):
    mine = filled(line())
    assert (
        isinstance(mine, Line) and isinstance(mine.ends, ctypes.Array) and repr(filled(ctypes.c_int(5))) == "c_int(5)"
    )
    assert type(mine)._fields_ == Line._fields_  # synchronized() asks the type


def test_a_copy_is_another_object(cells):
    mine = filled(line())
    other = memory.copy_of(mine)
    other.count = 9
    assert (mine.count, other.count) == (3, 9)


def test_only_a_child_gets_it(cells):
    with pytest.raises(RuntimeError, match="should only be shared between processes through inheritance"):
        copy.copy(filled(line()))
    with pytest.raises(RuntimeError, match="should only be shared between processes through inheritance"):
        copy.copy(Buffer(4))


@pytest.mark.parametrize("type_", [ctypes.c_int, Line, Point * 3])
def test_a_child_rebuilds_it(cells, type_, monkeypatch):
    from multiprocessing import context

    monkeypatch.setattr(context, "assert_spawning", lambda obj: None)
    mine = filled(type_())
    rebuild, arguments = mine.__reduce__()
    assert bytes(local(rebuild(*arguments))) == bytes(type_()) and arguments[-1] is mine._buffer


@pytest.mark.parametrize("given, value", [(3, [0, 0, 0]), ([1, 2], [1, 2]), (range(4), [0, 1, 2, 3])])
def test_a_raw_array(cells, given, value):
    assert list(memory.raw_array("i", given)) == value


def test_no_type(cells):
    for make in (lambda: memory.raw_value("no typecode"), lambda: memory.raw_array(int, 3)):
        with pytest.raises(TypeError):
            make()


# -- shared_memory -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer, error", [(0, "[Errno 17] File exists: '/psm'"), (-1, "[Errno 2] No such file or directory: '/psm'")]
)
def test_a_block_that_cannot_be_opened(host, answer, error):
    host.answer("open block", answer)
    with pytest.raises(FileExistsError if answer == 0 else FileNotFoundError) as raised:
        shared_blocks.shm_open("/psm", 0)
    assert str(raised.value) == error


def test_a_block_that_is_gone_cannot_be_unlinked(host):
    host.answer("unlink block", True, False)
    shared_blocks.shm_unlink("/psm")
    with pytest.raises(FileNotFoundError):
        shared_blocks.shm_unlink("/psm")


def test_memory_ends(host):
    host.answer("resize", "ENOMEM")
    with pytest.raises(OSError, match="Cannot allocate memory"):
        shared_blocks.resize(3, 10**12)


def test_a_block_is_not_closed_below_a_view(cells):
    mapping = shared_blocks.Mapping(0, 16)
    cells.content[0] = bytearray(16)
    view = mapping.create_memoryview()
    with pytest.raises(BufferError, match="cannot close exported pointers exist"):
        mapping.close()
    part = view[2:4]
    view.release()
    with pytest.raises(BufferError):
        mapping.close()
    part.release()
    mapping.close()
