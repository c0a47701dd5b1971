"""What `Value` and `Array` share. Workers have no common memory here: each access asks the kernel."""

import ctypes
from itertools import count

from .kernel import call, fetch, tell
from .views import View


def install():
    from multiprocessing import heap, sharedctypes

    heap.BufferWrapper = Buffer
    sharedctypes._new_value = lambda type_: shared(type_, Buffer(ctypes.sizeof(type_)))
    sharedctypes.RawValue, sharedctypes.RawArray = raw_value, raw_array
    sharedctypes.copy = lambda obj: copy_of(obj)
    name_integers()
    for code, type_ in {"i": ctypes.c_int, "I": ctypes.c_uint, "l": ctypes.c_long, "L": ctypes.c_ulong}.items():
        sharedctypes.typecode_to_type[code] = type_


def name_integers():
    """C's long has 64 bits on Linux and 32 here; the names become those of Linux."""
    small, unsigned, large, large_unsigned = ctypes.c_int, ctypes.c_uint, ctypes.c_longlong, ctypes.c_ulonglong
    ctypes.c_long, ctypes.c_ulong = large, large_unsigned
    for type_, name in ((small, "c_int"), (unsigned, "c_uint"), (large, "c_long"), (large_unsigned, "c_ulong")):
        type_.__name__ = type_.__qualname__ = name


IN_STEP = 256  # of so many writes one is waited for: a loop of them would flood the page
writes = count(1)


class Buffer:
    """Some bytes of the kernel; stands for a block of `multiprocessing.heap`."""

    def __init__(self, size):
        self.size = size
        self.handle = call("cell", size)

    def __reduce__(self):
        from multiprocessing.context import assert_spawning

        assert_spawning(self)
        return rebuild_buffer, (self.handle, self.size)

    def read(self, offset=0, size=None):
        return fetch("read", self.handle, offset, self.size if size is None else size)

    def write(self, offset, data):
        if next(writes) % IN_STEP:
            tell("write", self.handle, offset, bytes(data))
        else:
            call("write", self.handle, offset, bytes(data))

    def create_memoryview(self):
        return View(self)


def rebuild_buffer(handle, size):
    buffer = Buffer.__new__(Buffer)
    buffer.handle, buffer.size = handle, size
    return buffer


# -- ctypes objects whose bytes are the kernel's ----------------------------------------------------------------------


def shared(type_, buffer):
    """A stand-in for an object of a ctypes type."""
    return class_of(type_)(type_(), None, buffer)


def raw_value(typecode_or_type, *args):
    from multiprocessing.sharedctypes import typecode_to_type

    type_ = typecode_to_type.get(typecode_or_type, typecode_or_type)
    ctypes.sizeof(type_)  # TypeError if it is no type
    return filled(type_(*args))


def raw_array(typecode_or_type, size_or_initializer):
    from multiprocessing.sharedctypes import typecode_to_type

    type_ = typecode_to_type.get(typecode_or_type, typecode_or_type)
    of_size = isinstance(size_or_initializer, int)
    array = type_ * (size_or_initializer if of_size else len(size_or_initializer))
    array.__module__ = "multiprocessing.sharedctypes"
    return filled(array() if of_size else array(*size_or_initializer))


raw_value.__name__ = raw_value.__qualname__ = "RawValue"
raw_array.__name__ = raw_array.__qualname__ = "RawArray"


def filled(local):
    """A shared object with the bytes of a local one."""
    obj = class_of(type(local))(local, None, Buffer(ctypes.sizeof(local)))
    obj._buffer.write(0, bytes(local))
    return obj


def copy_of(obj):
    obj._refresh()
    return filled(type(obj._local).from_buffer_copy(obj._local))


class Shared:
    """Reads fetch the whole object's bytes into a local one; writes send those that changed."""

    def __init__(self, local, root, buffer):
        set_ = object.__setattr__
        set_(self, "_local", local)  # has its bytes in the root's
        set_(self, "_root", self if root is None else root)
        set_(self, "_buffer", buffer)

    @property
    def __class__(self):
        return type(self._local)

    def _refresh(self):
        local = self._root._local
        data = self._buffer.read()
        ctypes.memmove(ctypes.addressof(local), data, len(data))

    def _read(self, get):
        self._refresh()
        value = get(self._local)
        if isinstance(value, (ctypes.Structure, ctypes.Union, ctypes.Array)):
            return class_of(type(value))(value, self._root, self._buffer)
        return value

    def _write(self, set_):
        self._refresh()
        before = bytes(self._root._local)
        set_(self._local)
        after = bytes(self._root._local)
        changed = [index for index in range(len(after)) if before[index] != after[index]]
        if changed:
            self._buffer.write(changed[0], after[changed[0] : changed[-1] + 1])

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._read(lambda local: getattr(local, name))

    def __setattr__(self, name, value):
        self._write(lambda local: setattr(local, name, value))

    def __getitem__(self, index):
        return self._read(lambda local: local[index])

    def __setitem__(self, index, value):
        self._write(lambda local: local.__setitem__(index, value))

    def __len__(self):
        return len(self._local)

    def __iter__(self):
        return (self[index] for index in range(len(self)))

    def __repr__(self):
        self._refresh()
        return repr(self._local)

    def __reduce__(self):
        from multiprocessing.context import assert_spawning

        assert_spawning(self)
        return rebuild_shared, (*pickled(type(self._local)), self._buffer)

    __reduce_ex__ = lambda self, protocol: self.__reduce__()  # noqa: E731


def pickled(type_):
    """An array type has no name of its own: its element's type, and its length. Else None for the length."""
    return (type_._type_, type_._length_) if issubclass(type_, ctypes.Array) else (type_, None)


def rebuild_shared(type_, length, buffer):
    return shared(type_ if length is None else type_ * length, buffer)


classes = {}


def class_of(type_):
    """A class of its own for each ctypes type, since `synchronized()` looks at `type(obj)._fields_`."""
    if type_ not in classes:
        fields = {"_fields_": type_._fields_} if hasattr(type_, "_fields_") else {}
        classes[type_] = type(type_.__name__, (Shared,), {"__slots__": ("_local", "_root", "_buffer"), **fields})
    return classes[type_]
