"""The legs of an example: interpreter × start method."""

import ast
import functools
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from .attributes import START_METHODS, Expectation
from .headers import wanted

# Packages that start processes in their own way, whatever the default start method of multiprocessing is.
ENGINES = ("distributed", "joblib", "mpi4py", "ray")

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
    version: str
    implementation: str
    system: str
    methods: tuple[str, ...]
    default: str
    free_threaded: bool
    folders: tuple[str, ...]  # standard library and prefixes, longest first

    @property
    def name(self) -> str:
        return f"{self.implementation} {self.version}" + (" free-threaded" if self.free_threaded else "")


@dataclass(frozen=True)
class Leg:
    """One way to run an example. `start` is a start method or "its own"; `method` is what that means here."""

    interpreter: Interpreter
    start: str
    method: str
    methods: frozenset[str] = frozenset(START_METHODS)  # with which its processes may begin

    @property
    def default(self) -> bool:
        """Whether it is what a reader gets who asks for no start method."""
        return self.start == self.interpreter.default

    @property
    def asked(self) -> str | None:
        """The start method that the harness sets; None where the default, or the program, decides."""
        return self.start if self.start in START_METHODS and not self.default else None

    def __str__(self) -> str:
        start = f"{self.start} ({self.method})" if self.start != self.method else self.start
        start += ", the default" if self.default else ""
        return f"{self.interpreter.name}, {self.interpreter.system}, {start}"


def ask(path: str, problem: str) -> dict:
    """What the Python at this path says of itself; InterpreterError with the problem and its cause if it says nothing."""
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
        facts = json.loads(answer.stdout)
        facts["version"]
    except (ValueError, TypeError, KeyError):
        last = (answer.stderr.strip() or answer.stdout.strip() or "it printed nothing").splitlines()[-1]
        told = f"asked for its version, it ended with status {answer.returncode}: {last[:100]}"
        raise InterpreterError(f"{problem}: {told}") from None
    return facts


@functools.cache
def interpreter(path: str) -> Interpreter:
    """Asks the Python at this path about itself; InterpreterError if it cannot answer or is older than 3.11."""
    found = os.path.join(os.getcwd(), path) if os.path.dirname(path) else path
    facts = ask(found, f"--python {path}: not a Python that runs")
    if tuple(map(int, facts["version"].split(".")[:2])) < (3, 11):
        raise InterpreterError(f"--python {path}: Python {facts['version']} is too old, programs run on 3.11 and newer")
    return Interpreter(
        path=found, **{key: tuple(value) if isinstance(value, list) else value for key, value in facts.items()}
    )


def legs(interpreters: Sequence[Interpreter], source: str, said: Expectation) -> tuple[list[Leg], list[Leg]]:
    """The legs of a program that a transcript speaks for, and those that it does not.

    A program that picks its own start method has one leg for each interpreter, named after the method it picks;
    so has one whose processes another package starts, named after that package.
    """
    mine, others = [], []
    picked, starter = picks(source), engine(source)
    unknown = engines(source) or picked == set()  # with which methods its processes begin
    for python in interpreters:
        if picked is None and starter:
            starts = [("its own", starter)]
        elif picked is None:
            starts = [(method, method) for method in START_METHODS if method in python.methods]
        else:
            starts = [("its own", " and ".join(sorted(picked)) or "its own")]
        for start, method in starts:
            leg = Leg(python, start, method, frozenset(START_METHODS if unknown else picked or [method]))
            fits = said.python.contains(python.version, prereleases=True) and python.system in said.system
            fits = fits and ("off" if python.free_threaded else "on") in said.gil
            fits = fits and (start == "its own" or method in said.start)
            fits = fits and (not picked or picked <= set(python.methods))
            (mine if fits else others).append(leg)
    return mine, others


def picks(source: str) -> set[str] | None:
    """The start methods that a program names in get_context() or set_start_method(); None if it leaves the default.

    An executor with max_tasks_per_child= and without a context takes spawn.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None  # a program may show a syntax error
    picked: set[str] | None = None
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        if name in ("get_context", "set_start_method") and values:
            picked = picked or set()
            picked |= {
                value.value for value in values if isinstance(value, ast.Constant) and value.value in START_METHODS
            }
        keywords = {keyword.arg for keyword in call.keywords}
        if name == "ProcessPoolExecutor" and "max_tasks_per_child" in keywords and "mp_context" not in keywords:
            picked = (picked or set()) | {"spawn"}
    return picked


def engine(source: str) -> str | None:
    """The package of ENGINES that starts a program's processes; None if multiprocessing or concurrent.futures may."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return None
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    if any(module.split(".")[0] in ("multiprocessing", "concurrent") for module in modules):
        return None
    return next(iter(engines(source)), None)


def engines(source: str) -> list[str]:
    """The packages of ENGINES that a program needs: beside its own processes there are theirs."""
    named = {re.split(r"[^\w-]", requirement)[0] for requirement in wanted([source])}
    return [name for name in ENGINES if name in named]
