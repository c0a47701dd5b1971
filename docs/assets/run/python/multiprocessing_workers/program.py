"""Runs a program as `python` would, and a child as `spawn` would; ends as the interpreter ends."""

import atexit
import contextlib
import os
import runpy
import sys
import threading
import types

from . import processes


def run(arguments, stdin):
    """Runs what follows `python` on a command line, and returns the exit status.

    `stdin` is the program's text if it comes through standard input.
    """
    arguments = options(list(arguments))
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    sys.modules["__mp_main__"] = main  # as multiprocessing does when it is imported
    main.__builtins__ = __builtins__
    if arguments[:1] == ["-c"]:
        sys.argv = ["-c", *arguments[2:]]
        sys.path.insert(0, "")
        return ended(lambda: exec(compile(arguments[1], "<string>", "exec", dont_inherit=True), main.__dict__))
    if arguments[:1] == ["-m"]:
        sys.argv = ["-m", *arguments[2:]]
        sys.path.insert(0, processes.WORK)
        return ended(lambda: runpy._run_module_as_main(arguments[1]))
    if stdin is not None:
        sys.argv = arguments or [""]
        sys.path.insert(0, "")
        return ended(lambda: exec(compile(stdin, "<stdin>", "exec", dont_inherit=True), main.__dict__))
    path = os.path.join(processes.WORK, arguments[0])
    sys.argv = arguments
    sys.path.insert(0, os.path.dirname(path))
    main.__file__, main.__cached__ = path, None

    def body():
        with open(path, encoding="utf-8") as file:
            source = file.read()
        exec(compile(source, path, "exec", dont_inherit=True), main.__dict__)

    return ended(body)


def options(arguments):
    """Honours -W, -X tracemalloc and -X cpu_count; leaves out what makes no difference here."""
    while arguments and arguments[0].startswith("-") and arguments[0] not in ("-", "-c", "-m"):
        option = arguments.pop(0)
        if option.startswith("-W"):
            import warnings

            action = option[2:] or arguments.pop(0)
            sys.warnoptions.append(action)
            warnings._processoptions([action])
        elif option.startswith("-X"):
            name, _, value = (option[2:] or arguments.pop(0)).partition("=")
            if name == "tracemalloc":
                import tracemalloc

                tracemalloc.start(int(value or 1))
            elif name == "cpu_count" and value != "default":
                processes.cpus = int(value)
    return arguments[1:] if arguments[:1] == ["-"] else arguments


def run_child(path, parent):
    """`path` is the file that multiprocessing.spawn reads: what the parent prepared."""
    from multiprocessing import spawn

    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__spec__ = None
    sys.argv = ["-c", "--multiprocessing-fork"]
    return ended(lambda: sys.exit(spawn._main(os.open(path, os.O_RDONLY), parent)))


def ended(body):
    """Runs it; then what the interpreter does at its end. The exit status."""
    status = 0
    try:
        body()
    except SystemExit as stop:
        status = code(stop)
    except BaseException as error:
        flush()
        status = -2 if isinstance(error, KeyboardInterrupt) else 1
        with contextlib.suppress(BaseException):
            sys.excepthook(type(error), error, error.__traceback__)
    for last in (threading._shutdown, atexit._run_exitfuncs):
        try:
            last()
        except BaseException as error:
            sys.excepthook(type(error), error, error.__traceback__)
    flush()
    return status


def code(stop):
    if stop.code is None:
        return 0
    if isinstance(stop.code, int):
        return stop.code & 255
    print(stop.code, file=sys.stderr)
    return 1


def flush():
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
