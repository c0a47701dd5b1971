"""Runs the examples of pages beside `mkdocs serve`, so that what it serves has run."""

import contextlib
import logging
import os
import platform
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from .evidence.kept import keep
from .pages.places import Place

log = logging.getLogger("mkdocs.hooks.preview")

# What a newcomer sees first.
HOME = "docs/index.md"
ANSWERS = "docs/answers/"

REPORT = "reports/local.xml"
SECONDS = 10  # that a run gets to end what it started
OFF = "EXAMPLES"  # EXAMPLES=off in the environment: nothing is run
ENDED = {0: "passed", 1: "some failed: the page shows where", 5: "there is nothing to run"}


def here() -> Place:
    """This Python, under which the examples run."""
    system = {"Darwin": "macOS"}.get(platform.system(), platform.system())
    free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    return Place.of(platform.python_implementation(), platform.python_version(), system, free_threaded)


@dataclass
class Preview:
    """Runs pytest in the background, on some pages at a time; its report joins the one that is there.

    `digests` gives those of all examples that a page has now.
    """

    root: Path
    project: str
    digests: Callable[[str], set[str]]
    waiting: list[str] = field(default_factory=list)  # names of pages
    current: list[str] = field(default_factory=list)  # those of the run that goes on
    process: "subprocess.Popen[bytes] | None" = None
    stopping: bool = False
    condition: threading.Condition = field(default_factory=threading.Condition)
    thread: threading.Thread | None = None

    @property
    def pending(self) -> frozenset[str]:
        """The pages that wait or run."""
        with self.condition:
            return frozenset([*self.waiting, *self.current])

    def queue(self, names: Iterable[str]) -> None:
        """Has these pages run; if one of them runs right now, its run begins again."""
        with self.condition:
            new = list(names)
            if set(new) & set(self.current):  # its result will not count, nor will that of the pages beside it
                new = [*self.current, *new]
                if self.process:
                    interrupt(self.process)
            self.waiting = list(dict.fromkeys([*self.waiting, *new]))
            self.condition.notify()

    def start(self) -> None:
        """Begins to run what is queued; does nothing if it has begun."""
        if self.thread is None:
            self.thread = threading.Thread(target=self.work, daemon=True)
            self.thread.start()

    def work(self) -> None:
        while True:
            with self.condition:
                self.condition.wait_for(lambda: self.waiting or self.stopping)
                if self.stopping:
                    return
                self.current, self.waiting = self.waiting, []
            self.run(self.current)

    def run(self, names: list[str]) -> None:
        """Runs these pages, and waits for the end."""
        log.info("running the examples of %s", ", ".join(names))
        cache = self.root / ".cache"  # not below reports/, whose changes build the site again
        cache.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, ignore_cleanup_errors=True) as folder:
            report = Path(folder, "report.xml")
            command = [sys.executable, "-m", "pytest", "-q", "--color=no", f"--junit-xml={report}", *names]
            # What pytest compiles goes elsewhere, too: docs/ is watched.
            environment = os.environ | {"PYTHONPYCACHEPREFIX": str(cache / "pycache")}
            try:
                self.process = start(command, self.root, environment)
                output, _ = self.process.communicate()
                status = self.process.returncode
            finally:
                if self.process and self.process.poll() is None:
                    end(self.process)
                self.process = None
            self.finish(report, names, status, output.decode("utf-8", "replace"))

    def finish(self, report: Path, names: list[str], status: int, output: str) -> None:
        """Takes the report over, unless the run was interrupted, or could not begin."""
        with self.condition:
            interrupted = self.stopping or bool(set(self.current) & set(self.waiting))
            self.current = []
        if interrupted:
            return
        if status not in ENDED or not report.is_file():
            log.warning("the examples of %s could not be run:\n%s", ", ".join(names), output[-2000:].rstrip())
            return
        log.info("the examples of %s: %s", ", ".join(names), ENDED[status])
        target = self.root / REPORT
        if target.is_file():
            keep(target.read_bytes(), report, self.project, self.digests)
        target.parent.mkdir(exist_ok=True)
        os.replace(report, target)  # MkDocs builds the site again

    def stop(self) -> None:
        """Ends what runs, and all that it started."""
        with self.condition:
            self.stopping = True
            if self.process:
                interrupt(self.process)
            self.condition.notify()
        if self.thread:
            self.thread.join(SECONDS)
            if process := self.process:
                end(process)
            self.thread.join(SECONDS)


def start(command: list[str], root: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Starts a process that Ctrl-C in this terminal does not reach: `stop` ends it."""
    return subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # without effect on Windows, as the next is elsewhere
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def interrupt(process: "subprocess.Popen[bytes]") -> None:
    """Asks pytest to end, as Ctrl-C does: it then ends the programs that it runs."""
    with contextlib.suppress(OSError):  # it has ended
        process.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT))


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kills what is left of a run."""
    with contextlib.suppress(psutil.NoSuchProcess):
        family = psutil.Process(process.pid)
        for member in [*family.children(recursive=True), family]:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
    process.wait()
