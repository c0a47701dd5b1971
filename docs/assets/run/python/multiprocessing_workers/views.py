"""What stands for a memoryview of the kernel's bytes: each access asks the kernel."""

import struct

WRITABLE = 1  # the only flag of a request for bytes as such, which are not kept: struct, file.write, str
NO_VIEW = (
    "a page has no memory in common that Python could map: shared memory can be indexed, sliced and cast here, "
    "but memoryview(), bytearray() and NumPy have no view of it"
)


class View:
    """Of one dimension. `buffer` has a size, read(offset, size) and write(offset, bytes)."""

    readonly, ndim = False, 1

    def __init__(self, buffer, format="B", items=None):
        self._buffer = buffer
        self.format = format
        self.itemsize = struct.calcsize(format)
        self._items = range(buffer.size // self.itemsize) if items is None else items  # which ones of the buffer
        if hasattr(buffer, "views"):
            buffer.views[id(self)] = self

    def _alive(self):
        if self._buffer is None:
            raise ValueError("operation forbidden on released memoryview object")
        return self._buffer

    @property
    def nbytes(self):
        return len(self) * self.itemsize

    @property
    def shape(self):
        return (len(self),)

    @property
    def strides(self):
        return (self._items.step * self.itemsize,)

    @property
    def contiguous(self):
        return self._items.step == 1

    def __len__(self):
        self._alive()
        return len(self._items)

    def _span(self):
        """The first byte, and how many there are up to the last one."""
        low, high = sorted((self._items[0], self._items[-1]))
        return low * self.itemsize, (high - low + 1) * self.itemsize

    def _local(self):
        """A memoryview of a copy of these items."""
        if not len(self):
            return memoryview(b"").cast(self.format)
        return memoryview(self._buffer.read(*self._span())).cast(self.format)[:: self._items.step]

    def tobytes(self):
        return self._local().tobytes()

    __bytes__ = tobytes

    def tolist(self):
        return self._local().tolist()

    def hex(self, *separator):
        return self.tobytes().hex(*separator)

    def __iter__(self):
        return iter(self.tolist())

    def __eq__(self, other):
        if isinstance(other, View):
            other = other._local()
        return self._local() == other

    __hash__ = None

    def __getitem__(self, key):
        buffer = self._alive()
        if isinstance(key, slice):
            return View(buffer, self.format, self._items[key])
        data = buffer.read(self._item(key) * self.itemsize, self.itemsize)
        return memoryview(data).cast(self.format)[0]

    def __setitem__(self, key, value):
        buffer = self._alive()
        if isinstance(key, slice):
            items = self._items[key]
            value = value._local() if isinstance(value, View) else value
            data = memoryview(bytearray(len(items) * self.itemsize)).cast(self.format)
            data[:] = value  # or says what is wrong with it
            if items.step == 1:
                if items:
                    buffer.write(items[0] * self.itemsize, data)
                return
            data = data.tobytes()
            for place, item in enumerate(items):
                buffer.write(item * self.itemsize, data[place * self.itemsize : (place + 1) * self.itemsize])
            return
        item = self._item(key)
        data = memoryview(bytearray(self.itemsize)).cast(self.format)
        data[0] = value
        buffer.write(item * self.itemsize, data)

    def _item(self, index):
        if not hasattr(index, "__index__"):
            raise TypeError("memoryview: invalid slice key")
        try:
            return self._items[index]
        except IndexError:
            raise IndexError("index out of bounds on dimension 1") from None

    def cast(self, format, shape=None):
        if shape is not None or self._items.step != 1:
            raise NotImplementedError(NO_VIEW)
        if "B" not in (self.format, format) and self.format != format:
            raise TypeError("memoryview: cannot cast between two non-byte formats")
        size = struct.calcsize(format)
        if self.nbytes % size:
            raise TypeError("memoryview: length is not a multiple of itemsize")
        first = self._items[0] * self.itemsize if len(self) else 0
        if first % size:
            raise NotImplementedError(NO_VIEW)
        return View(self._alive(), format, range(first // size, (first + self.nbytes) // size))

    def release(self):
        if self._buffer is not None and hasattr(self._buffer, "views"):
            self._buffer.views.pop(id(self), None)
        self._buffer = None

    def __enter__(self):
        self._alive()
        return self

    def __exit__(self, *error):
        self.release()

    def __repr__(self):
        return f"<{'released ' if self._buffer is None else ''}memory at {id(self):#x}>"

    # C code that asks for bytes gets a copy, and gives it back at once; what it changed is written then.

    def __buffer__(self, flags):
        if flags & ~WRITABLE:
            raise BufferError(NO_VIEW)
        before = self.tobytes()
        lent = memoryview(bytearray(before))
        self._lent = before if flags & WRITABLE else None
        return lent

    def __release_buffer__(self, lent):
        before, after = self._lent, lent.tobytes()
        if before is not None and before != after:
            changed = [index for index in range(len(after)) if before[index] != after[index]]
            first, last = changed[0], changed[-1] + 1
            whole = View(self._buffer)
            whole[self._span()[0] :][first:last] = after[first:last]
            whole.release()
