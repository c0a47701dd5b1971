"""Calls to the kernel on the page."""

import errno
import json

from . import threads, waits

host = None  # the worker's JavaScript half
to_js = None

ERRORS = {
    "EAGAIN": BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"),
    "EADDRINUSE": OSError(errno.EADDRINUSE, "Address already in use"),
    "EBADF": OSError(errno.EBADF, "Bad file descriptor"),
    "ECONNREFUSED": ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"),
    "EOF": EOFError(),
    "EPIPE": BrokenPipeError(errno.EPIPE, "Broken pipe"),
    "ESRCH": ProcessLookupError(errno.ESRCH, "No such process"),
    "EOVERFLOW": ValueError("semaphore or lock released too many times"),
}


def call(operation: str, *arguments, data=None, what: str = ""):
    """Asks, and waits for the answer; other threads run meanwhile. `what` names the wait where no caller's name does."""
    return answer(ask(operation, arguments, data, what))


def fetch(operation: str, *arguments, what: str = "") -> bytes:
    """Like `call`; returns the answer's bytes."""
    reply = ask(operation, arguments, None, what)
    answer(reply)
    return reply.data.to_bytes()


def ask(operation, arguments, data, what):
    told = waits.reason(what) if what and threads.is_main() else ""
    while True:
        reply = threads.block(host.call(operation, json.dumps(arguments), data if data is None else to_js(data), told))
        if reply.error != "EINTR":  # else a signal's handler has run
            return reply


def answer(reply):
    if error := reply.error:
        raised = ERRORS.get(error)
        raise type(raised)(*raised.args) if raised else OSError(error)
    value = reply.value
    return None if value is None else json.loads(value)


def tell(operation: str, *arguments) -> None:
    """Asks for something that cannot fail, and does not wait: safe in finalizers."""
    host.tell(operation, json.dumps(arguments))
