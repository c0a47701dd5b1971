"""The legs of an example: interpreter × start method."""

import functools
import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from byexample.evidence.report import RecordedLeg
from byexample.evidence.schema import OWN
from byexample.pages.attributes import Attributes
from byexample.pages.places import IMPLEMENTATIONS, START_METHODS, SYSTEMS, Place
from byexample.pages.sources import Source

# Any Python can say its version; only those that programs run on are asked for more.
DESCRIBE = """
import json, platform, sys
facts = {"version": platform.python_version()}
if sys.version_info >= (3, 11):
    import multiprocessing, os, sysconfig
    facts.update({
        "implementation": platform.python_implementation(),
        "system": {"Darwin": "macOS"}.get(platform.system(), platform.system()),
        "methods": multiprocessing.get_all_start_methods(),
        "default": multiprocessing.get_start_method(),
        "free_threaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        "folders": sorted({os.path.dirname(os.__file__), sys.prefix, sys.base_prefix}, key=len, reverse=True),
    })
print(json.dumps(facts))
"""


class InterpreterError(Exception):
    """A path given with --python that cannot be used, in one line."""


@dataclass(frozen=True)
class Interpreter:
    """A Python that programs run under. It may be a wrapper script; the facts are what it says of itself."""

    path: str
    place: Place
    methods: tuple[str, ...]  # start methods
    default: str
    folders: tuple[str, ...]  # standard library and prefixes, longest first


@dataclass(frozen=True)
class Leg:
    """One way to run an example. `start` is a start method or OWN; `method` is what that means here."""

    interpreter: Interpreter
    start: str
    method: str
    methods: frozenset[str] = frozenset(START_METHODS)  # with which its processes may begin

    @property
    def default(self) -> bool:
        """Whether a reader who asks for no start method gets it."""
        return self.start == self.interpreter.default

    @property
    def asked(self) -> str | None:
        """The start method that the harness sets; None where the default, or the program, decides."""
        return self.start if self.start in START_METHODS and not self.default else None

    def recorded(self, problem: str | None = None, seconds: float | None = None) -> RecordedLeg:
        """The leg as a report has it; with a problem it failed."""
        outcome = "failed" if problem else "passed"
        return RecordedLeg(
            self.interpreter.place, self.start, self.method, self.default, outcome, seconds=seconds, problem=problem
        )

    def __str__(self) -> str:
        start = f"{self.start} ({self.method})" if self.start != self.method else self.start
        start += ", the default" if self.default else ""
        return f"{self.interpreter.place}, {start}"


def ask(path: str, problem: str) -> dict[str, Any]:
    """What the Python at this path says of itself; InterpreterError, with the problem, if it says nothing."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    try:
        # In the folder below which programs run: a wrapper may see no other.
        answer = subprocess.run(
            [path, "-c", DESCRIBE],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            env=environment,
            stdin=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
        )
    except subprocess.TimeoutExpired:
        raise InterpreterError(f"{problem}: no answer in 60 s") from None
    except OSError as error:
        raise InterpreterError(f"{problem}: {error.strerror}") from None
    try:
        facts: dict[str, Any] = json.loads(answer.stdout)
        facts["version"]
    except (ValueError, TypeError, KeyError):
        last = (answer.stderr.strip() or answer.stdout.strip() or "it printed nothing").splitlines()[-1]
        reason = f"asked for its version, it ended with status {answer.returncode}: {last[:100]}"
        raise InterpreterError(f"{problem}: {reason}") from None
    return facts


@functools.cache
def interpreter(path: str) -> Interpreter:
    """Asks the Python at this path about itself; InterpreterError if it cannot answer or is older than 3.11."""
    executable = os.path.join(os.getcwd(), path) if os.path.dirname(path) else path
    facts = ask(executable, f"--python {path}: not a Python that runs")
    if tuple(map(int, facts["version"].split(".")[:2])) < (3, 11):
        raise InterpreterError(f"--python {path}: Python {facts['version']} is too old, programs run on 3.11 and newer")
    for name, known in (("implementation", IMPLEMENTATIONS), ("system", SYSTEMS)):
        if facts[name] not in known:
            raise InterpreterError(f"--python {path}: {facts[name]} is none of {', '.join(known)}: no page is about it")
    place = Place.of(facts["implementation"], facts["version"], facts["system"], facts["free_threaded"])
    return Interpreter(executable, place, tuple(facts["methods"]), facts["default"], tuple(facts["folders"]))


def legs(interpreters: Sequence[Interpreter], source: Source, attributes: Attributes) -> tuple[list[Leg], list[Leg]]:
    """The legs of a program that a transcript speaks for, and those that it does not."""
    mine: list[Leg] = []
    others: list[Leg] = []
    for interpreter in interpreters:
        for leg in legs_on(interpreter, source):
            (mine if speaks_for(attributes, leg, source) else others).append(leg)
    return mine, others


def legs_on(interpreter: Interpreter, source: Source) -> list[Leg]:
    """The legs of a program under this Python: one for each start method.

    A program that picks its own start method has one, named after the method it picks; so has one whose processes
    another package starts, named after that package.
    """
    picked = source.start_methods
    unknown = bool(source.engines) or picked == frozenset()  # with which methods its processes begin
    if picked is not None:
        starts = [(OWN, " and ".join(sorted(picked)) or OWN)]
    elif source.engine:
        starts = [(OWN, source.engine)]
    else:
        starts = [(method, method) for method in START_METHODS if method in interpreter.methods]
    every = frozenset(START_METHODS)
    return [
        Leg(interpreter, start, method, every if unknown else picked or frozenset([method])) for start, method in starts
    ]


def speaks_for(attributes: Attributes, leg: Leg, source: Source) -> bool:
    """Whether a transcript is about this leg, and the leg can run here."""
    possible = (source.start_methods or frozenset()) <= set(leg.interpreter.methods)
    return possible and attributes.speaks_for(leg.interpreter.place, leg.method)
