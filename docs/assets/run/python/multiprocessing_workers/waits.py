"""What a process waits for, in the program's own terms: the call that its source made, and where."""

import sys

HERE = __file__.rpartition("/")[0]
PLAIN = {
    "BaseContext": "multiprocessing",
    "BaseProcess": "Process",
    "SemLock": "Lock",
    "MapResult": "AsyncResult",
    "ApplyResult": "AsyncResult",
}


# What the library itself waits for, where the program has called nothing.
WITHOUT_CALLER = {
    "_exit_function": "the end of its children",
    "_python_exit": "the end of its workers",
    "worker": "the next task",
    "_process_worker": "the next task",
    "serve_forever": "requests",
}


def reason(what: str) -> str:
    """`what` or the library's function that the program called, with the program's line.

    For example "Process.join Process-1\t12".
    """
    frame = sys._getframe(1)
    called = None
    library = ""
    while frame is not None:
        code = frame.f_code
        if not code.co_filename.startswith(("/lib/", "<frozen")):
            return f"{name(called) or what}\t{frame.f_lineno}"
        if not code.co_filename.startswith(HERE):
            called = frame
            library = library or WITHOUT_CALLER.get(code.co_name, "")
        frame = frame.f_back
    return f"{library or what}\t0"


def name(frame) -> str:
    if frame is None:
        return ""
    owner, _, function = frame.f_code.co_qualname.rpartition(".")
    owner = owner.rpartition(".")[2]
    if function in ("__enter__", "__exit__"):
        return PLAIN.get(owner, owner)
    called = ".".join(filter(None, (PLAIN.get(owner, owner), function)))
    if called == "run" and "/asyncio/" in frame.f_code.co_filename:
        return "asyncio.run"
    if called == "Process.join":
        return f"{called} {frame.f_locals['self']._name}"
    return called
