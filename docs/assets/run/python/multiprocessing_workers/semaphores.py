"""`_multiprocessing.SemLock`: a semaphore of the kernel, under all locks, conditions, events and barriers."""

import math
import operator
import sys
import types

from . import threads
from .kernel import call, tell

RECURSIVE_MUTEX = 0


class SemLock:
    """As in Modules/_multiprocessing/semaphore.c."""

    SEM_VALUE_MAX = 2**31 - 1

    def __init__(self, kind, value, maxvalue, name, unlink):
        whole = int(operator.index(value))  # True is 1, and 1.0 a TypeError
        self._set(call("semaphore", whole, maxvalue, name), kind, maxvalue, name)

    def _set(self, handle, kind, maxvalue, name):
        self.handle, self.kind, self.maxvalue, self.name = handle, kind, maxvalue, name
        self._held = 0  # by this process
        self._owner = None  # the thread that took it last

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name):
        self = cls.__new__(cls)
        self._set(call("named semaphore", name), kind, maxvalue, name)
        return self

    def acquire(self, block=True, timeout=None):
        if self.kind == RECURSIVE_MUTEX and self._is_mine():
            self._held += 1
            return True
        seconds = (
            (None if timeout is None else max(0, math.ldexp(timeout, 0))) if block else 0
        )  # TypeError if it is no number
        kind = "Semaphore.acquire" if self.maxvalue > 1 else "Lock.acquire"
        if not call("acquire", self.handle, seconds, what=kind):
            return False
        self._held += 1
        self._owner = threads.get_ident()
        return True

    def release(self):
        if self.kind == RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._held > 1:
                self._held -= 1
                return
        if self._held > 0 and (self.maxvalue == 1 or self.maxvalue == self.SEM_VALUE_MAX):
            tell("release", self.handle)  # cannot exceed the maximum
        else:
            call("release", self.handle)
        self._held -= 1

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()

    def _count(self):
        return self._held

    def _is_mine(self):
        return self._held > 0 and self._owner == threads.get_ident()

    def _get_value(self):
        return call("value", self.handle)

    def _is_zero(self):
        return self._get_value() == 0

    def _after_fork(self):
        self._held = 0


def unlink(name):
    tell("unlink", name)


def install():
    module = types.ModuleType("_multiprocessing")
    module.SemLock, module.sem_unlink, module.flags = SemLock, unlink, {}
    sys.modules["_multiprocessing"] = module
    # The tracker would be one more process; the kernel frees everything at the end of a run.
    tracker = types.ModuleType("multiprocessing.resource_tracker")
    tracker.register = tracker.unregister = lambda name, kind: None
    tracker.ensure_running = lambda: None
    tracker.getfd = lambda: None
    tracker._resource_tracker = types.SimpleNamespace(_fd=None, _pid=None)
    sys.modules["multiprocessing.resource_tracker"] = tracker
    import multiprocessing

    multiprocessing.resource_tracker = tracker
