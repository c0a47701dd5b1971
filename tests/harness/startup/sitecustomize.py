"""Loaded by every Python that an example starts: sets the default start method, and lets the harness watch.

It changes nothing else that a program could see: stdout is line-buffered, as on a terminal.
"""

import multiprocessing
import os
import sys

method = os.environ.get("EXAMPLE_START_METHOD")
if method:
    # Not set_start_method(): a program may still call that itself, once.
    multiprocessing.context._default_context._default_context = (  # type: ignore[attr-defined]
        multiprocessing.get_context(method)
    )
if sys.stdout is not None:
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def note(*words: object) -> None:
    """Appends a line to the run's log; lines of this length are written whole."""
    with open(os.environ["EXAMPLE_LOG"], "a", encoding="utf-8") as log:
        log.write(" ".join(map(str, words)) + "\n")


def watch(event: str, arguments: tuple) -> None:  # type: ignore[type-arg] # read by old Pythons, too
    """Notes the name of each shared-memory segment that is mapped: nothing else tells whose segment it is."""
    if event == "mmap.__new__" and arguments[0] != -1:
        try:
            name = os.readlink(f"/proc/self/fd/{arguments[0]}")
        except OSError:
            return
        if name.startswith("/dev/shm/"):
            note("segment", name)


def forked() -> None:
    """Notes a child, and with which start method it began; the first generation below a fork server has its own."""
    global server
    note("fork", os.getpid())
    note("began", "forkserver" if server else "fork")
    server = False


command = " ".join(sys.orig_argv)
server = "from multiprocessing.forkserver import" in command

if "EXAMPLE_LOG" in os.environ:
    note("start", os.getpid(), method or "default")
    if "from multiprocessing.spawn import" in command:
        note("began", "spawn")
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forked)
    if sys.platform == "linux":
        sys.addaudithook(watch)
