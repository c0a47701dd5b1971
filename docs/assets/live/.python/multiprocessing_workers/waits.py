"""What a process waits for, in the program's own terms: the call that its source made, and where."""

import sys

HERE = __file__.rpartition("/")[0]
PLAIN = {"BaseProcess": "Process", "SemLock": "Lock", "MapResult": "AsyncResult", "ApplyResult": "AsyncResult"}


def reason(what: str) -> str:
    """`what` or the library's function that the program called, with the program's line: "Process.join Process-1\t12"."""
    frame = sys._getframe(1)
    called = None
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith(("/lib/", "<frozen")):
            break
        if not file.startswith(HERE):
            called = frame
        frame = frame.f_back
    line = frame.f_lineno if frame is not None else 0
    return f"{name(called) or what}\t{line}"


def name(frame) -> str:
    if frame is None:
        return ""
    owner, _, function = frame.f_code.co_qualname.rpartition(".")
    owner = owner.rpartition(".")[2]
    if function == "_exit_function":
        return "the end of its children"
    if function in ("__enter__", "__exit__"):
        return PLAIN.get(owner, owner)
    called = ".".join(filter(None, (PLAIN.get(owner, owner), function)))
    if called == "Process.join":
        return f"{called} {frame.f_locals['self']._name}"
    return called
