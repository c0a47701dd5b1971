"""Threads that take turns.

WebAssembly can put a stack aside and take up another (JavaScript Promise Integration). So a thread here is a call into
Python with a stack of its own, which runs until it waits; then another one goes on. CPython's threading and queue
modules stand on a few primitives of `_thread`, and these are here: locks, idents, starting and joining.
"""

import _thread
import gc
import sys
import time
from asyncio import _get_running_loop, _set_running_loop
from collections import deque
from itertools import count

from . import waits

# The collector of 3.14 that runs by itself looks at the frames of all threads, and the C stack of a thread that was put
# aside is not where they point to: the interpreter crashes. So it runs by itself only while the main thread is the only
# one; else young objects are collected where a thread waits, which looks at no frames.
NEVER = 2**31 - 1
set_threshold = gc.set_threshold
wanted = gc.get_threshold()  # what the program sees
others = 0  # threads beside the main one
alone = True  # and the collector runs by itself
YOUNG = 20_000  # objects

run_sync = None  # waits for a JavaScript promise; set when the process begins
browsers_loop = _get_running_loop()  # Pyodide's event loop, which awaits promises
MAIN = _thread.get_ident()
current = MAIN  # ident of the thread that runs
idents = count(MAIN + 1)
tickets = count(1)
alive = {}  # handles of threads that are not daemons, by ident
interrupted = None  # called in the main thread after each wait: runs the handlers of signals


def get_ident():
    return current


def is_main():
    return current == MAIN


def block(function, *arguments):
    """Waits for the promise that a function gives.

    Everything that waits comes through here, so `current` is right again afterwards.
    """
    global current
    me = current
    if gc.get_count()[0] > YOUNG:
        gc.collect(0)
    loop = _get_running_loop()
    _set_running_loop(browsers_loop)  # with another one, which waits too, Pyodide would wait for ever
    try:
        return run_sync(function(*arguments))
    finally:
        _set_running_loop(loop)
        current = me
        if me == MAIN and not (others or alone):
            collect_alone(True)
        if me == MAIN and interrupted:
            interrupted()


def collect_alone(now):
    global alone
    alone = now
    set_threshold(*(wanted if alone else (NEVER,)))


def want_threshold(*thresholds):
    """What `gc.set_threshold` does."""
    global wanted
    wanted = (*thresholds, *wanted[len(thresholds) :])
    collect_alone(alone)


def park(ticket, seconds, what):
    """Waits until another thread of this process unparks the ticket, or time is over. Seconds may be None."""
    from .kernel import host

    told = waits.reason(what) if is_main() else ""
    block(host.park, ticket, -1 if seconds is None else max(0, seconds * 1000), told)


def unpark(ticket):
    from .kernel import host

    host.unpark(ticket)


class Lock:
    """What `threading.Lock()` makes."""

    def __init__(self):
        self._held = False
        self._waiting = deque()  # tickets

    def acquire(self, blocking=True, timeout=-1):
        check(blocking, timeout)
        if not self._held:
            self._held = True
            return True
        if not blocking:
            return False
        end = None if timeout == -1 else time.monotonic() + timeout
        while self._held:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                return False
            ticket = next(tickets)
            self._waiting.append(ticket)
            try:
                park(ticket, left, "Lock.acquire")
            except BaseException:  # a signal's handler raises: it was woken in vain, and another one may have the lock
                if ticket not in self._waiting and not self._held:
                    self._wake()
                raise
            finally:
                if ticket in self._waiting:
                    self._waiting.remove(ticket)
        self._held = True
        return True

    def release(self):
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False
        self._wake()

    def _wake(self):
        if self._waiting:
            unpark(self._waiting.popleft())

    def locked(self):
        return self._held

    def _at_fork_reinit(self):
        self.__init__()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()

    def __repr__(self):
        return f"<{'' if self._held else 'un'}locked {named(self)} object at {id(self):#x}>"

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '{named(self)}' object")

    acquire_lock, release_lock, locked_lock = acquire, release, locked


class RLock:
    """What `threading.RLock()` makes."""

    def __init__(self):
        self._lock = Lock()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._owner == current:
            self._count += 1
            return True
        if self._lock.acquire(blocking, timeout):
            self._owner, self._count = current, 1
            return True
        return False

    def release(self):
        if self._owner != current:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()

    def locked(self):
        return self._lock.locked()

    def _is_owned(self):
        return self._owner == current

    def _recursion_count(self):
        return self._count if self._owner == current else 0

    def _acquire_restore(self, state):
        self._lock.acquire()
        self._count, self._owner = state

    def _release_save(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        state, self._count, self._owner = (self._count, self._owner), 0, None
        self._lock.release()
        return state

    def _at_fork_reinit(self):
        self.__init__()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()

    def __repr__(self):
        held = "locked" if self._count else "unlocked"
        return f"<{held} {named(self)} object owner={self._owner or 0} count={self._count} at {id(self):#x}>"

    __reduce_ex__ = Lock.__reduce_ex__


Lock.__module__ = RLock.__module__ = "_thread"
Lock.__name__ = Lock.__qualname__ = "lock"


def named(lock):
    return f"{type(lock).__module__}.{type(lock).__qualname__}"


def check(blocking, timeout):
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")


class Handle:
    """What `threading.Thread` knows of the thread below it."""

    def __init__(self, ident=None):
        self.ident = ident
        self._done = False
        self._waiting = []

    def is_done(self):
        return self._done

    def _set_done(self):
        self._done = True
        alive.pop(self.ident, None)
        for ticket in self._waiting:
            unpark(ticket)
        self._waiting.clear()

    def join(self, timeout=None):
        if self.ident == current and not self._done:
            raise RuntimeError("Cannot join current thread")
        end = None if timeout is None or timeout < 0 else time.monotonic() + timeout
        while not self._done:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                return
            ticket = next(tickets)
            self._waiting.append(ticket)
            park(ticket, left, "Thread.join")


def start_joinable_thread(function, handle=None, daemon=True):
    from pyodide.ffi import create_proxy

    from .kernel import host

    handle = handle if handle is not None else Handle()
    handle.ident = next(idents)
    if not daemon:
        alive[handle.ident] = handle

    def run():
        global current, others
        current = handle.ident
        try:
            function()
        except SystemExit:
            pass
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            handle._set_done()
            others -= 1

    global others
    others += 1
    collect_alone(False)
    host.start(create_proxy(run))
    return handle


def start_new_thread(function, arguments, keywords=None):
    return start_joinable_thread(lambda: function(*arguments, **(keywords or {}))).ident


def shutdown():
    """Waits for all threads that are not daemons."""
    while alive:
        next(iter(alive.values())).join()


def install():
    """Puts the primitives below `threading` and `queue`, which are CPython's own."""
    import _threading_local
    import queue
    import threading

    gc.set_threshold, gc.get_threshold = want_threshold, lambda: wanted
    primitives = {
        "LockType": Lock,
        "lock": Lock,
        "allocate_lock": Lock,
        "allocate": Lock,
        "RLock": RLock,
        "get_ident": get_ident,
        "get_native_id": get_ident,
        "start_joinable_thread": start_joinable_thread,
        "start_new_thread": start_new_thread,
        "start_new": start_new_thread,
        "_ThreadHandle": Handle,
        "_make_thread_handle": Handle,
        "_shutdown": shutdown,
        "_get_main_thread_ident": lambda: MAIN,
    }
    for name, primitive in primitives.items():
        setattr(_thread, name, primitive)
    threading.Lock = threading._LockType = threading._allocate_lock = Lock
    threading._CRLock = RLock
    threading.get_ident = threading.get_native_id = get_ident
    threading._start_joinable_thread = start_joinable_thread
    threading._ThreadHandle = threading._make_thread_handle = Handle
    threading._get_main_thread_ident = lambda: MAIN
    threading._thread_shutdown = shutdown
    threading._main_thread._os_thread_handle = Handle(MAIN)
    threading.local = _threading_local.local
    _threading_local.RLock, _threading_local.current_thread = RLock, threading.current_thread
    queue.SimpleQueue = queue._PySimpleQueue
