"""Starting, watching and ending processes; signals; the few things of `os` and `time` that go with them."""

import io
import json
import os
import signal
import sys
import time

from . import threads
from .kernel import call, tell

WORK = "/page"  # the working folder, with the programs of the page
own_pid, own_parent, cpus = 1, 0, 1


def install():
    """What must be in place before multiprocessing is imported."""
    os.getpid = lambda: own_pid
    os.getppid = lambda: own_parent
    os.cpu_count = os.process_cpu_count = lambda: cpus
    os.kill, os._exit = kill, leave
    time.sleep = sleep
    signal.signal, signal.raise_signal = set_handler, raise_signal
    threads.interrupted = run_handlers


def install_start_method():
    from multiprocessing import context, popen_fork, reduction, spawn

    class Popen(popen_fork.Popen):
        """As in popen_spawn_posix.py, but the kernel starts the process."""

        method = "spawn"

        def _launch(self, process_obj):
            self.handles = []  # of the connections that the child gets
            prepared = spawn.get_preparation_data(process_obj._name)
            file = io.BytesIO()
            context.set_spawning_popen(self)
            try:
                reduction.dump(prepared, file)
                reduction.dump(process_obj, file)
            finally:
                context.set_spawning_popen(None)
            self.pid = self.sentinel = call("spawn", process_obj.name, self.handles, json.dumps(dict(os.environ)), data=file.getvalue())

        def poll(self, flag=os.WNOHANG):
            if self.returncode is None:
                self.returncode = call("status", self.pid, 0 if flag else None, what="Process.join")
            return self.returncode

    context.SpawnProcess._Popen = staticmethod(Popen)
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

    host.leave(status)
    threads.block(host.never())


leave.__name__ = leave.__qualname__ = "_exit"


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


sleep.__module__ = "time"


# -- signals: delivered where the main thread waits, since nothing can interrupt WebAssembly that computes -------------

handlers = {}
real_signal = signal.signal
IGNORED_BY_DEFAULT = {signal.SIGCHLD, signal.SIGCONT, signal.SIGURG, signal.SIGWINCH}


def kill(pid, sig):
    call("kill", pid, int(sig))


def raise_signal(signalnum):
    kill(own_pid, signalnum)


def set_handler(signalnum, handler):
    before = handlers.get(signalnum, signal.SIG_DFL)
    if signalnum in (signal.SIGKILL, signal.SIGSTOP):
        raise OSError(22, "Invalid argument")
    if not callable(handler) and handler not in (signal.SIG_DFL, signal.SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    handlers[signalnum] = handler
    action = "default" if handler == signal.SIG_DFL else "ignore" if handler == signal.SIG_IGN else "handle"
    tell("action", int(signalnum), action)
    return before


def run_handlers():
    from .kernel import host

    while number := host.signal():
        handler = handlers.get(number)
        if callable(handler):
            handler(number, sys._getframe(2))
