"""Which programs get a Run button, which output it shows, and why others have none."""

import json

import pytest
from bs4 import BeautifulSoup
from byexample.pages.reader import read
from byexample.run_buttons.buttons import attributes, buttons, why_no_button
from byexample.run_buttons.limits import why_not_runnable

from .. import ROOT
from ..conftest import Site, transcript


def page_of(site: Site, programs: dict[str, str], *transcripts: str):
    """A page that shows these programs, and then these transcripts."""
    for name, source in programs.items():
        site.write(f"snippets/{name}", source)
    fences = [f'```python title="{name}"\n--8<-- "snippets/{name}"\n```\n' for name in programs]
    site.page("\n".join([*fences, *transcripts]))
    return site.read()


@pytest.mark.parametrize(
    ("source", "why"),
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
def test_what_cannot_run_is_known_from_the_source(site, source, why):
    programs = {"program.py": source, "neighbour.py": "import os"}
    page = page_of(site, programs, transcript("python program.py"), transcript("python neighbour.py"))
    reason = why_not_runnable(page, "program.py")
    assert (why in reason) if why else reason == ""


def test_what_a_program_imports_counts_too(site):
    programs = {"program.py": "import neighbour", "neighbour.py": "import numpy"}
    assert "numpy" in why_not_runnable(page_of(site, programs, transcript("python program.py")), "program.py")


def test_an_author_says_what_the_source_does_not_tell(site):
    site.write("snippets/program.py", "print(1)\n")
    fence = '```python {title="program.py" no-run="%s"}\n--8<-- "snippets/program.py"\n```\n'
    site.page(fence % "It would take minutes here." + transcript("python program.py"))
    assert buttons(site.read())["program.py"].why_not == "It would take minutes here."
    site.page(fence % "" + transcript("python program.py"))
    assert site.refused() == ['1: `no-run` needs the reason: no-run="…"']


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("python hello.py", {"arguments": ["hello.py"]}),
        ("python hello.py 3", {"arguments": ["hello.py", "3"]}),
        ("python -W error hello.py", {"arguments": ["-W", "error", "hello.py"]}),
        ("python < hello.py", {"arguments": [], "stdin": "hello.py"}),
        ("python - < hello.py", {"arguments": ["-"], "stdin": "hello.py"}),
        ("python -m hello", {"arguments": ["-m", "hello"]}),
        ("python -X dev -u hello.py", {"arguments": ["-X", "dev", "-u", "hello.py"]}),
        ("python -c \"exec(open('hello.py').read())\"", None),
    ],
)
def test_a_button_runs_the_command_of_its_transcript(site, command, arguments):
    page = page_of(site, {"hello.py": ""}, transcript(command))
    made = buttons(page)
    bar = BeautifulSoup(f"<p{attributes(page, made, 'hello.py')}>", "html.parser").p
    assert json.loads(bar.get("data-run", "null")) == arguments
    assert bar.get("data-shows") == ("example-1" if arguments else None)


def test_a_package_is_run_as_a_module(site):
    page = page_of(site, {"package/__main__.py": ""}, transcript("python -m package"))
    assert buttons(page)["package/__main__.py"].anchor == "example-1"


FOR_SPAWN = transcript("python hello.py", attributes='{start="spawn"}')
FOR_FORK = transcript("python hello.py", attributes='{start="fork"}')
NEITHER = "Its output here is for start method fork, and a page runs Python 3.14.2 with start method spawn."


@pytest.mark.parametrize(
    ("transcripts", "anchor", "why"),
    [
        ([FOR_SPAWN, FOR_FORK], "example-1", ""),
        ([FOR_FORK, FOR_SPAWN], "example-2", ""),
        ([FOR_FORK], "", NEITHER),
        ([transcript("python other.py hello.py")], "", "On this page another program runs it: other.py."),
    ],
)
def test_a_button_is_for_an_output_that_a_page_can_show(site, transcripts, anchor, why):
    button = buttons(page_of(site, {"hello.py": "", "other.py": ""}, *transcripts))["hello.py"]
    assert (button.anchor, button.why_not) == (anchor, why)


def test_a_program_that_no_command_has_gets_no_button_but_may_be_imported(site):
    page = page_of(site, {"hello.py": "import other", "other.py": ""}, FOR_SPAWN)
    made = buttons(page)
    assert made.keys() == {"hello.py"} and attributes(page, made, "other.py") == " data-imported"


def test_what_no_button_shows_says_why(site):
    programs = {"hello.py": "", "numbers.py": "import numpy"}
    others = [transcript("python numbers.py"), transcript("python -c pass"), "```python\nx = 1\n```\n"]
    page = page_of(site, programs, FOR_SPAWN, FOR_FORK, *others)
    reasons = why_no_button(page, buttons(page))
    assert reasons.pop("example-3") == "It needs numpy, which is not part of the page's Python."
    another, none = "The program's Run button is for another of its outputs.", "It has no Run button."
    assert reasons == {"example-1": "", "example-2": another, "example-4": none, "example-5": none}
    assert set(why_no_button(page, None).values()) == {"This build has no Run buttons."}


def test_a_program_with_a_button_is_not_run_in_the_page_if_its_transcript_is_skipped(site):
    page = page_of(site, {"hello.py": ""}, transcript("python hello.py", attributes='{skip="why"}'))
    assert buttons(page) == {}


def test_every_program_of_the_six_answers_runs_or_says_why_not():
    for path in (ROOT / "docs/answers").glob("*.md"):
        page = read(path, ROOT)
        for button in buttons(page).values():
            assert bool(button.command) != bool(button.why_not)
