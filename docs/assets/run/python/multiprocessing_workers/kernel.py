"""Calls to the kernel on the page.

Arguments and answers are numbers, strings, None, booleans and lists of these. An answer that is a string is an error.
"""

import errno
import time

from . import threads, waits

host = None  # the worker's JavaScript half
to_js = None

# Linux's numbers, which is what a transcript shows.
EPIPE, ECONNREFUSED, EADDRINUSE, ESRCH, EAGAIN = 32, 111, 98, 3, 11
TIMED = {"acquire", "status", "wait"}  # their last argument is how many seconds they may take, or None
ERRORS = {
    "EAGAIN": BlockingIOError(EAGAIN, "Resource temporarily unavailable"),
    "EADDRINUSE": OSError(EADDRINUSE, "Address already in use"),
    "EBADF": OSError(9, "Bad file descriptor"),
    "ECONNREFUSED": ConnectionRefusedError(ECONNREFUSED, "Connection refused"),
    "ENAMETOOLONG": OSError(36, "File name too long"),
    "ENOENT": FileNotFoundError(2, "No such file or directory"),
    "EINVAL": OSError(22, "Invalid argument"),
    "EOF": EOFError(),
    "EPIPE": BrokenPipeError(EPIPE, "Broken pipe"),
    "ESRCH": ProcessLookupError(ESRCH, "No such process"),
    "ENOMEM": OSError(12, "Cannot allocate memory"),
    "EOVERFLOW": ValueError("semaphore or lock released too many times"),
}


def install():
    """The numbers get their names. The page's file system has no such errors, so none means two things."""
    for name in ("EPIPE", "ECONNREFUSED", "EADDRINUSE", "ESRCH", "EAGAIN"):
        setattr(errno, name, globals()[name])


def call(operation: str, *arguments, data=None, what: str = ""):
    """Asks, and waits for the answer; other threads run meanwhile.

    `what` names the wait where no caller's name does.
    """
    answer = ask(operation, arguments, data, what)
    return answer.to_py() if hasattr(answer, "to_py") else answer


def fetch(operation: str, *arguments, what: str = "") -> bytes:
    """Like `call`; the answer is bytes."""
    return ask(operation, arguments, None, what).to_bytes()


def ask(operation, arguments, data, what):
    told = waits.reason(what) if what and threads.is_main() else ""
    end = time.monotonic() + arguments[-1] if operation in TIMED and arguments[-1] is not None else None
    while True:
        answer = threads.block(host.call, operation, told, data and to_js(data), *map(plain, arguments))
        if answer != "EINTR":  # else a signal's handler has run
            break
        if end is not None:
            arguments = (*arguments[:-1], max(0, end - time.monotonic()))
    if type(answer) is str:
        raised = ERRORS.get(answer)
        raise type(raised)(*raised.args) if raised else OSError(answer)
    return answer


def tell(operation: str, *arguments) -> None:
    """Asks for something that cannot fail, and does not wait: safe in finalizers."""
    host.tell(operation, *map(plain, arguments))


def plain(argument):
    return to_js(argument) if isinstance(argument, (list, tuple, bytes)) else argument
