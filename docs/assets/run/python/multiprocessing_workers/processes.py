"""Starting, watching and ending processes; signals; the few things of `os` and `time` that go with them."""

import errno
import io
import json
import os
import signal
import sys
import time
import types

from . import connections, event_loop, threads
from .kernel import call, tell

WORK = "/page"  # the working folder, with the programs of the page
own_pid, own_parent, cpus = 1, 0, 1


def install():
    """What must be in place before multiprocessing is imported."""
    for name, function in {
        "getpid": getpid,
        "getppid": getppid,
        "cpu_count": cpu_count,
        "kill": kill,
        "_exit": leave,
        "abort": abort,
    }.items():
        replace("posix", name, function)
        setattr(os, name, function)
    os.process_cpu_count = cpu_count
    replace("time", "sleep", sleep)
    replace("signal", "signal", set_handler)
    replace("signal", "getsignal", get_handler)
    replace("signal", "raise_signal", raise_signal)
    replace("signal", "set_wakeup_fd", set_wakeup_handle)
    signal.siginterrupt = lambda signalnum, flag: None  # what waits goes on after a handler anyway
    threads.interrupted = run_handlers


def replace(module, name, function):
    """A function that pickles as the one whose place it takes."""
    function.__module__, function.__name__, function.__qualname__ = module, name, name
    setattr(sys.modules[module], name, function)


def install_start_method():
    from multiprocessing import context, popen_spawn_posix, util

    written = []  # what the parent has prepared for the child that is being started

    class Popen(popen_spawn_posix.Popen):
        """CPython's own prepares the child and writes that down; the kernel starts it."""

        def _launch(self, process_obj):
            super()._launch(process_obj)
            handles = [handle for handle in self._fds if handle is not None]  # of the connections that the child gets
            self.pid = self.sentinel = call(
                "spawn", process_obj.name, handles, json.dumps(dict(os.environ)), data=written.pop()
            )

        def poll(self, flag=os.WNOHANG):
            if self.returncode is None:
                self.returncode = call("status", self.pid, 0 if flag else None, what="Process.join")
            return self.returncode

        def close(self):
            super().close()
            connections.forget(self.sentinel)

    class Prepared(io.BytesIO):
        def close(self):
            written.append(self.getvalue())
            super().close()

    # What that file stands on: there are no pipes of the system, and nothing is started before all is written.
    popen_spawn_posix.os = types.SimpleNamespace(pipe=lambda: (None, None), close=lambda _: None)
    popen_spawn_posix.util = types.SimpleNamespace(
        spawnv_passfds=lambda *_: None, Finalize=util.Finalize, close_fds=util.close_fds
    )
    popen_spawn_posix.open = lambda *_, **__: Prepared()
    Popen.__module__, Popen.__qualname__ = (
        popen_spawn_posix.__name__,
        "Popen",
    )  # so that it can be pickled, as far as it can
    popen_spawn_posix.Popen = Popen
    for method in ("fork", "forkserver"):
        context._concrete_contexts.pop(method, None)
    context._default_context._default_context = context._concrete_contexts["spawn"]


def begin(pid, parent, processors, environment):
    """Called in the worker before the program: from here on the interpreter is this process."""
    os.environ.update(environment)
    global own_pid, own_parent, cpus
    own_pid, own_parent, cpus = pid, parent, processors
    os.makedirs(WORK, exist_ok=True)
    os.chdir(WORK)
    from multiprocessing import process

    process.ORIGINAL_DIR = WORK
    process._current_process._config["tempdir"] = None
    sys.stdout.reconfigure(line_buffering=True)
    set_handler(signal.SIGINT, signal.default_int_handler)


def leave(status):
    """os._exit(): nothing is cleaned up or flushed."""
    from .kernel import host

    host.leave(status & 255)
    threads.block(host.never)


def abort():
    from .kernel import host

    host.leave(-signal.SIGABRT)  # no handler runs
    threads.block(host.never)


def getpid():
    return own_pid


def getppid():
    return own_parent


def cpu_count():
    return cpus


def sleep(secs):
    if isinstance(secs, str):
        raise TypeError("'str' object cannot be interpreted as an integer")
    if secs < 0:
        raise ValueError("sleep length must be non-negative")
    end = time.monotonic() + secs
    left = secs
    while True:  # a signal's handler does not shorten it
        threads.park(next(threads.tickets), left, "time.sleep")
        left = end - time.monotonic()
        if left <= 0.001:
            return


# -- signals: delivered where the main thread waits, since nothing can interrupt WebAssembly that computes -------------

handlers = {}
wakeup = -1  # the handle that is told of each signal, for asyncio


def kill(pid, sig):
    call("kill", pid, int(sig))


def raise_signal(signalnum):
    kill(own_pid, signalnum)


def set_handler(signalnum, handler):
    if not threads.is_main():
        raise ValueError("signal only works in main thread of the main interpreter")
    check_number(signalnum)
    before = handlers.get(signalnum, signal.SIG_DFL)
    if signalnum in (9, 19):  # SIGKILL, SIGSTOP
        raise OSError(errno.EINVAL, "Invalid argument")
    if not callable(handler) and handler not in (signal.SIG_DFL, signal.SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    handlers[signalnum] = handler
    action = "default" if handler == signal.SIG_DFL else "ignore" if handler == signal.SIG_IGN else "handle"
    tell("action", int(signalnum), action)
    return before


def check_number(signalnum):
    if not 0 < signalnum < signal.NSIG:
        raise ValueError("signal number out of range")


def get_handler(signalnum):
    check_number(signalnum)
    return handlers.get(signalnum, signal.SIG_DFL)


def set_wakeup_handle(fd, warn_on_full_buffer=True):
    if not threads.is_main():
        raise ValueError("set_wakeup_fd only works in main thread of the main interpreter")
    global wakeup
    before, wakeup = wakeup, fd
    return before


def run_handlers():
    from .kernel import host

    while number := host.signal():
        if wakeup != -1:
            socket = event_loop.sockets.get(wakeup)
            socket.send(bytes([number])) if socket else tell("send", wakeup, bytes([number]))
        handler = handlers.get(number)
        if callable(handler):
            handler(number, sys._getframe(2))
