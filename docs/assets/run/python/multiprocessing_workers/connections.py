"""The bottom of `multiprocessing.connection`: pipes, listeners and waiting for several things at once.

A pipe carries whole messages. As on Linux, `send` returns when what is unread fits into the pipe.
"""

import io
import weakref

from . import kernel
from .kernel import call, fetch, tell

PIPE, SOCKET = 65_536, 212_992  # bytes that fit in, on Linux


def install():
    from multiprocessing import connection, reduction

    link = connection.Connection
    link._close, link._send_bytes, link._recv_bytes, link._poll = close, send_bytes, recv_bytes, poll
    connection.Pipe, connection.wait = pipe, wait
    connection.SocketListener, connection.SocketClient = Listener, client
    connection.default_family, connection.families = "AF_UNIX", ["AF_INET", "AF_UNIX"]
    reduction.HAVE_SEND_HANDLE = True
    reduction.DupFd = Duplicate
    reduction.AbstractReducer.DupFd = Duplicate


room = {}  # handle → bytes that certainly fit in still, as the kernel said
selectors = weakref.WeakSet()  # that wait for handles; one that is closed is none of their business


def forget(handle):
    for selector in selectors:
        selector.gone.add(handle)


def close(self):
    tell("close", self._handle)
    forget(self._handle)
    room.clear()  # it may have been what another one of this process is read from


def send_bytes(self, buf):
    data = bytes(buf)
    handle = self._handle
    left = room.get(handle, 0) - len(data) - 4
    if left >= 0:
        room[handle] = left
        if not kernel.host.send(handle, kernel.to_js(data)):
            raise BrokenPipeError(kernel.EPIPE, "Broken pipe")
        return
    room[handle] = call("send", handle, kernel.to_js(data))
    if room[handle] < 0:
        call("drain", handle, what="Connection.send")


def recv_bytes(self, maxsize=None):
    data = fetch("receive", self._handle, what="Connection.recv")
    if maxsize is not None and len(data) > maxsize:
        return None
    buffer = io.BytesIO()
    buffer.write(data)
    return buffer


def poll(self, timeout):
    return bool(wait([self], timeout))


def pipe(duplex=True):
    """Returns a pair of connections, as multiprocessing.Pipe does."""
    from multiprocessing.connection import Connection

    first, second = call("pipe", SOCKET if duplex else PIPE)
    return Connection(first, writable=duplex), Connection(second, readable=duplex)


pipe.__name__ = pipe.__qualname__ = "Pipe"


def wait(object_list, timeout=None):
    """Returns those of the objects that are ready: connections, and sentinels of processes, which are numbers."""
    object_list = list(object_list)
    handles = [one if isinstance(one, int) else one.fileno() for one in object_list]
    seconds = None if timeout is None else max(0, timeout)
    ready = set(call("wait", handles, seconds, what="connection.wait"))
    return [one for one, handle in zip(object_list, handles, strict=True) if handle in ready]


class Duplicate:
    """A connection's handle on its way to another process, in a pickle; the way keeps the pipe open."""

    def __init__(self, handle):
        self.handle = handle
        from multiprocessing import context

        spawning = context.get_spawning_popen()
        if spawning is not None:
            spawning.duplicate_for_child(handle)
        self.sent = spawning is None
        if self.sent:
            tell("duplicate", handle)

    def detach(self):
        if self.sent:
            tell("adopt", self.handle)
        return self.handle


class Listener:
    """What `multiprocessing.connection.Listener` stands on: an address that clients of other processes can reach."""

    def __init__(self, address, family, backlog=1):
        self._handle, self._address = call("listen", address)
        if family == "AF_INET":
            self._address = tuple(self._address)
        self._last_accepted = None
        self._closed = False

    def accept(self):
        from multiprocessing.connection import Connection

        return Connection(call("accept", self._handle, what="Listener.accept"))

    def close(self):
        if not self._closed:
            self._closed = True
            tell("close", self._handle)


def client(address):
    from multiprocessing.connection import Connection

    return Connection(call("connect", address))
