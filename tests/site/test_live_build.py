"""Python for browsers: where it comes from, and what the site is without it; which programs get a Run button."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from byexample.run_buttons import codemirror, pyodide

from .conftest import ROOT, build
from .test_build import copy, without_notebooks  # noqa: F401

sys.path.insert(0, str(ROOT / "docs/.theme"))  # where MkDocs finds its hooks
import live
import reasons

FOLDER = pyodide.address(ROOT)


def buttons(site: Path) -> list[str]:
    return re.findall(
        r" data-(?:run=|cannot=|imported)", site.joinpath("answers/create-a-process/index.html").read_text("utf-8")
    )


def test_the_site_has_python_for_browsers_with_its_licence(site):
    assert buttons(site)
    for name in pyodide.FILES:
        assert (site / FOLDER / name).stat().st_size > 10_000
    licence = (site / FOLDER / "LICENCE.txt").read_text("utf-8")
    assert "Mozilla Public License Version 2.0" in licence and "github.com/pyodide/pyodide" in licence
    assert pyodide.version(ROOT) in licence


def test_without_npm_there_are_no_buttons(copy):  # noqa: F811
    without_notebooks(copy)
    shutil.rmtree(copy / ".cache")
    done = build(copy / "out", root=copy, NPM=str(copy / "no-such-npm"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no Run buttons and no Edit" in done.stderr + done.stdout
    assert buttons(copy / "out") == []
    assert not (copy / "out" / FOLDER).exists() and not (copy / "out" / codemirror.ADDRESS).exists()
    done = build(copy / "out", root=copy, NPM=str(copy / "no-such-npm"), EVIDENCE="required")
    assert done.returncode != 0 and "this build has no Run buttons, and is to be published" in done.stderr


def test_a_run_is_told_to_be_of_the_python_that_pyodide_is(site):
    assert live.LEG[0].python == json.loads((site / "assets/run/python.json").read_text("utf-8"))["version"]


@pytest.mark.parametrize(
    "source, why",
    [
        ("import multiprocessing\nmultiprocessing.Process()", ""),
        ("import threading, queue, logging.handlers", ""),
        ("import numpy", "numpy"),
        ("import neighbour", ""),
        ("from multiprocessing import shared_memory", ""),
        ("from multiprocessing.managers import SharedMemoryManager\nSharedMemoryManager()", ""),
        ("shared = SharedMemory(create=True, size=1)\nshared.buf[0] = 1\nshared.unlink()", ""),
        ("shared = SharedMemory(name)\nprint(bytes(shared.buf[:3]))", ""),
        ("print(memoryview(shared.buf))", "view of shared memory"),
        ("numbers = ctypes.c_int.from_buffer(shared.buf[4:])", "view of shared memory"),
        ("SharedMemory(create=True, size=1)", "resource tracker"),
        ("from multiprocessing import resource_tracker", "resource tracker"),
        ('import os\nos.path.exists("/dev/shm/name")', "/dev/shm"),
        ('import multiprocessing\nmultiprocessing.get_context("fork")', "fork"),
        ('import multiprocessing\nmultiprocessing.set_start_method("spawn")', ""),
        ("import os\nos.fork()", "fork"),
        ("import time\ntime.thread_time()", "CPU time"),
        ('import logging\nlogging.basicConfig(filename="app.log")', "files of its own"),
        ("import tempfile\ntempfile.TemporaryDirectory()", "files of its own"),
        ("import subprocess", "another program"),
        ("import asyncio\nasyncio.run(main())", ""),
        ("import asyncio\nasyncio.get_running_loop().run_in_executor(pool, work)", ""),
        ("import asyncio\nasyncio.create_subprocess_exec('x')", "another program"),
        ('getattr(futures, "Interpreter" + "PoolExecutor")', "interpreters"),
        ("import faulthandler", "crashes"),
        ("import cProfile", "profiler"),
        ("breakpoint()", "debugger"),
        ('import os\nos.listdir("/proc/self/task")', "/proc"),
        ("this is no Python", ""),
    ],
)
def test_what_cannot_run_is_known_from_the_source(source, why):
    said = reasons.cannot("program.py", {"program.py": source, "neighbour.py": "import os"})
    assert (why in said) if why else said == ""


def test_programs_whose_source_does_not_tell_are_there():
    """A reason that is left when its program is gone or renamed would be read for another one."""
    names = {path.name for path in (ROOT / "snippets").rglob("*.py")}
    assert reasons.KNOWN.keys() <= names


def test_what_a_program_imports_counts_too():
    programs = {"program.py": "import neighbour", "neighbour.py": "import numpy"}
    assert "numpy" in reasons.cannot("program.py", programs)


@pytest.mark.parametrize(
    "command, title, runs",
    [
        ("python hello.py", "hello.py", True),
        ("python hello.py 3", "hello.py", True),
        ("python -W error hello.py", "hello.py", True),
        ("python < hello.py", "hello.py", True),
        ("python -m hello", "hello.py", True),
        ("python -m package", "package/__main__.py", True),
        ("python -c \"exec(open('hello.py').read())\"", "hello.py", False),
        ("python other.py", "hello.py", False),
        ("python other.py hello.py", "hello.py", False),
        ("python -X dev -u hello.py", "hello.py", True),
        ("python -X hello.py", "hello.py", False),
    ],
)
def test_the_command_that_runs_a_program(command, title, runs):
    assert live.runs(live.arguments(command), title) == runs


FOR_SPAWN, FOR_FORK = (
    live.Shown("example-1", "python hello.py", True, ""),
    live.Shown("example-2", "python hello.py 3", False, "start method fork"),
)


@pytest.mark.parametrize(
    "transcripts, anchor, why",
    [
        ([FOR_SPAWN, FOR_FORK], "example-1", ""),
        ([FOR_FORK, FOR_SPAWN], "example-1", ""),
        (
            [FOR_FORK],
            None,
            "Its output here is for start method fork, and a page runs Python 3.14.2 with start method spawn.",
        ),
        (
            [live.Shown("example-1", "python other.py hello.py", True, "")],
            None,
            "On this page another program runs it: other.py.",
        ),
    ],
)
def test_a_button_is_for_an_output_that_a_page_can_show(transcripts, anchor, why):
    run = live.runs_of({"hello.py": "", "other.py": ""}, transcripts)["hello.py"]
    assert (run.shown and run.shown.anchor, run.cannot) == (anchor, why)


def test_a_program_that_no_command_has_gets_no_button():
    assert live.runs_of({"hello.py": "import other", "other.py": ""}, [FOR_SPAWN]).keys() == {"hello.py"}


def test_what_no_button_shows_says_why(monkeypatch):
    monkeypatch.setattr(live, "on", True)
    buttons = live.runs_of(
        {"hello.py": "", "numbers.py": "import numpy"},
        [FOR_SPAWN, FOR_FORK, live.Shown("example-3", "python numbers.py", True, "")],
    )
    assert live.excuse("example-1", "python hello.py", buttons) == ""
    assert (
        live.excuse("example-2", "python hello.py 3", buttons)
        == "The program's Run button is for another of its outputs."
    )
    assert "numpy" in live.excuse("example-3", "python numbers.py", buttons)
    assert (
        live.excuse("example-4", "python -c pass", buttons)
        == live.excuse("example-5", None, buttons)
        == "It has no Run button."
    )
    monkeypatch.setattr(live, "on", False)
    assert live.excuse("example-1", "python hello.py", buttons) == "This build has no Run buttons."
