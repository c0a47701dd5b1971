"""The bottom layer of CPython's multiprocessing, where a process is a Web Worker.

CPython's own files (context, process, spawn, queues, pool, managers, concurrent.futures …) run as they are. What they
stand on is missing in a browser, and is here: semaphores, pipes, listeners, starting and ending processes, shared
memory for Value and Array, threads, and what asyncio waits with. A kernel on the page owns all that processes share;
`kernel.call` asks it.

Only `spawn` exists. Threads take turns: one runs until it waits, as under a GIL without a switch interval.
"""

import json
import sys


def install() -> None:
    """Puts the layer below the modules that are about to be imported. Holds nothing of JavaScript yet."""
    from . import threads

    threads.install()  # first: the others' locks are made of it
    from . import kernel, processes

    kernel.install()
    processes.install()  # before multiprocessing.util, which binds os.getpid as a default argument
    from . import semaphores

    semaphores.install()
    import multiprocessing.resource_tracker

    from . import connections, event_loop, memory, shared_blocks, tracebacks

    connections.install()
    memory.install()
    shared_blocks.install()
    event_loop.install()
    processes.install_start_method()
    tracebacks.install()
    # What most programs import, so that it is part of a memory snapshot.
    import concurrent.futures.process  # noqa: F401
    import linecache  # noqa: F401
    import logging  # noqa: F401
    import multiprocessing.managers
    import multiprocessing.pool  # noqa: F401
    import random  # noqa: F401
    import runpy  # noqa: F401

    from . import program  # noqa: F401


def run(host, process: str) -> int:
    """The interpreter becomes a process, and runs the program, or what its parent prepared. Returns the exit status.

    `host` is the worker's JavaScript half; `process` is JSON: pid, parent, cpus, environment, and the program if it is
    the main one.
    """
    from pyodide.ffi import run_sync, to_js

    from . import kernel, processes, threads
    from . import program as programs  # part of the image: its file is not

    kernel.host, kernel.to_js, threads.run_sync = host, to_js, run_sync
    facts = json.loads(process)
    processes.begin(facts["pid"], facts["parent"], facts["cpus"], facts["environment"])
    if "random" in sys.modules:
        sys.modules["random"].seed()  # a snapshot would give every process the same numbers
    if program := facts.get("program"):
        return programs.run(program["arguments"], program.get("stdin"))
    return programs.run_child("/tmp/prepared", facts["parent"])
