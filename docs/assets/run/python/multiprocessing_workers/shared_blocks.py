"""`_posixshmem` and `mmap` below `multiprocessing.shared_memory`: named blocks of the kernel's bytes."""

import os
import sys
import types
import weakref

from .kernel import call, tell
from .memory import Buffer
from .views import View


def install():
    module = types.ModuleType("_posixshmem")
    module.shm_open, module.shm_unlink = shm_open, shm_unlink
    sys.modules["_posixshmem"] = module
    from multiprocessing import shared_memory

    shared_memory.os = types.SimpleNamespace(
        O_RDWR=os.O_RDWR, O_EXCL=os.O_EXCL, ftruncate=resize, fstat=status, close=close
    )
    shared_memory.mmap = types.SimpleNamespace(mmap=Mapping)
    shared_memory.memoryview = View


def shm_open(path, flags, mode=0o777):
    handle = call("open block", path, bool(flags & os.O_CREAT), bool(flags & os.O_EXCL))
    if handle == 0:
        raise FileExistsError(17, "File exists", path)
    if handle == -1:
        raise FileNotFoundError(2, "No such file or directory", path)
    return handle


def shm_unlink(path):
    if not call("unlink block", path):
        raise FileNotFoundError(2, "No such file or directory", path)


def resize(handle, size):
    call("resize", handle, size)


def status(handle):
    return types.SimpleNamespace(st_size=call("size", handle))


def close(handle):
    tell("close", handle)


class Mapping(Buffer):
    """What `mmap.mmap()` makes."""

    def __init__(self, handle, size):
        self.handle, self.size = handle, size
        self.views = weakref.WeakValueDictionary()  # those that are not released, by id

    def close(self):
        if self.views:
            raise BufferError("cannot close exported pointers exist")
