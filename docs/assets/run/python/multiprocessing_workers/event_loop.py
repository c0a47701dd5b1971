"""What asyncio's own event loop stands on: a selector, and the pair of sockets through which other threads wake it.

Pyodide's loop is the browser's, which hands no work to threads or processes. CPython's waits in its selector, and here
a thread that waits lets the others run.
"""

import selectors
import types
import weakref

from . import connections
from .connections import SOCKET
from .kernel import call, fetch, tell


def install():
    import asyncio
    from asyncio import events, runners, selector_events

    events._set_running_loop(None)  # Pyodide's: beside it no other one could run
    events._set_event_loop_policy(None)
    asyncio.run = runners.run
    selectors.DefaultSelector = Selector
    selector_events.socket = types.SimpleNamespace(**vars(selector_events.socket) | {"socketpair": socketpair})


class Selector(selectors._BaseSelectorImpl):
    """Of the kernel's handles: connections and sentinels of processes, which can only be read."""

    def __init__(self):
        super().__init__()
        self.gone = set()  # closed, and not unregistered
        connections.selectors.add(self)

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        try:
            if events & selectors.EVENT_WRITE:
                raise OSError(
                    "a page's Python has no network, "
                    "and nothing else that could be waited for until it can be written to"
                )
            call("wait", [key.fd], 0)  # OSError if it is none of the kernel's
        except OSError:
            self.unregister(fileobj)
            raise
        return key

    def select(self, timeout=None):
        handles = [
            handle
            for handle, key in self._fd_to_key.items()
            if key.events & selectors.EVENT_READ and handle not in self.gone
        ]
        seconds = None if timeout is None else max(0, timeout)
        ready = call("wait", handles, seconds, what="asyncio.run")  # meanwhile some may have been unregistered
        return [(self._fd_to_key[handle], selectors.EVENT_READ) for handle in ready if handle in self._fd_to_key]


def socketpair():
    reader, writer = call("pipe", SOCKET)
    pair = Socket(reader), Socket(writer)
    pair[0].inbox = pair[1].outbox = bytearray()
    pair[1].inbox = pair[0].outbox = bytearray()
    sockets.update({one.fileno(): one for one in pair})
    return pair


sockets = weakref.WeakValueDictionary()  # by handle


class Socket:
    """As much of a socket as wakes a loop.

    Both ends are this process's: only the first of unread bytes goes through the kernel.
    """

    def __init__(self, handle):
        self._handle = handle

    def fileno(self):
        return self._handle

    def setblocking(self, flag):
        pass  # send never waits, and recv is asked only when there is something

    def send(self, data):
        if not self.outbox:
            tell("send", self._handle, b"\0")
        self.outbox += data
        return len(data)

    def recv(self, size):
        if not self.inbox:
            raise BlockingIOError
        data = bytes(self.inbox)
        self.inbox.clear()
        fetch("receive", self._handle)
        return data

    def close(self):
        tell("close", self._handle)
