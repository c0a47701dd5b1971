"""The pytest plugin: collects pages, evaluates their examples, updates transcripts, sums up the legs."""

import json
import os
import platform
import signal
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
from _pytest.junitxml import xml_key
from sybil import Example
from sybil.integration.pytest import SybilItem
from sybil.integration.pytest import pytest_integration as collector

from . import inline
from .collect import sybils
from .evaluate import digest, evaluate, facts, failure, inline_digest
from .imports import Imports
from .legs import InterpreterError, Leg, interpreter
from .page import Inline, Page, Refused, Transcript, shown_files
from .update import Update, UpdateError, apply

INLINE_SECONDS = 60
# Pages whose programs need heavy packages: they run only when an argument names them, or a folder of them.
APART = "docs/scale"
RUN_APART = f"pytest {APART} --junit-xml=reports/scale.xml"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("examples", "examples of the pages")
    group.addoption("--update", action="store_true", help="rewrite stale transcripts in place")
    group.addoption(
        "--python",
        action="append",
        metavar="PATH",
        help="a Python to run programs under, or a wrapper script; may be given often (default: this one)",
    )


def pytest_configure(config: pytest.Config) -> None:
    # A shell that starts pytest in the background has it ignore Ctrl-C, and so would all that it starts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.pluginmanager.register(Harness(config), "multiprocessing-examples")


class Harness:
    """One run of the harness; with pytest-xdist one in each worker, and one that controls them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.root: Path = config.rootpath
        self.updating: bool = config.getoption("--update")
        self.controls = not hasattr(config, "workerinput")
        try:
            self.interpreters = [interpreter(path) for path in config.getoption("--python") or [sys.executable]]
        except InterpreterError as error:
            raise pytest.UsageError(str(error)) from None
        shown_files.cache_clear()
        self.collect = collector(*sybils(self.root, self.evaluate))
        self.item: pytest.Item | None = None  # the one that runs
        self.extra: dict = {}  # what its report carries to the controlling process
        self.namespaces: dict[Path, dict] = {}
        self.imports = Imports(self.root / "snippets")
        self.done: set[int] = set()  # inline blocks that ran, by identity
        self.updates: list[Update] = []
        self.legs: Counter = Counter()
        self.unproved: list[str] = []

    def pytest_sessionstart(self) -> None:
        xml = self.config.stash.get(xml_key, None)  # where a report is written
        if xml is not None:
            xml.add_global_property("project", project(self.root))
            xml.add_global_property("machine", machine())
            xml.add_global_property("commit", commit(self.root))

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector):
        return None if self.left_out(file_path) else self.collect(file_path, parent)

    def left_out(self, path: Path) -> bool:
        """Whether this is a page that runs only when it is named, and was not."""
        apart = (self.root / APART).resolve()
        path = path.resolve()
        return path.is_relative_to(apart) and not any(
            name.is_relative_to(apart) and path.is_relative_to(name) for name in self.named()
        )

    def named(self) -> list[Path]:
        """The files and folders that this run of pytest is about."""
        here = self.config.invocation_params.dir
        return [Path(here, argument.partition("::")[0]).resolve() for argument in self.config.args]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if isinstance(item, SybilItem) and isinstance(item.example.parsed[1], Inline):
                item.add_marker(pytest.mark.timeout(INLINE_SECONDS))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item):
        self.item, self.extra = item, {}
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo):
        report = yield
        if call.when == "call":
            report.example = self.extra  # travels from worker to controller
        if isinstance(item, SybilItem):
            path, line, _ = item.location
            report.location = (path, line, f"{item.path.relative_to(self.root).as_posix()}:{line}")
        return report

    # -- evaluating ------------------------------------------------------------------------------------------

    def evaluate(self, example: Example) -> None:
        """The evaluator that sybil calls for every region of a page."""
        __tracebackhide__ = True
        page, parsed = example.parsed
        name = page.path.relative_to(self.root).as_posix()
        if isinstance(parsed, Refused):
            pytest.fail(f"{name}:{parsed.line}: {parsed.message}", pytrace=False)
        elif isinstance(parsed, Inline):
            self.evaluate_inline(page, parsed, name)
        elif isinstance(parsed, Transcript):
            self.evaluate_transcript(parsed, name)

    def evaluate_inline(self, page: Page, block: Inline, name: str) -> None:
        """Runs the block, and before it those above it that did not run here: each can be run alone."""
        __tracebackhide__ = True
        namespace = self.namespaces.setdefault(page.path, {})
        problem = None
        with self.imports.of(page):
            for one in page.inlines[: page.inlines.index(block) + 1]:
                if problem is None and id(one) not in self.done:
                    self.done.add(id(one))
                    problem = inline.run(one, page.path, namespace) or self.imports.problem(page, one)
        here = Leg(interpreter(sys.executable), "inline", "inline")
        self.item.user_properties += [("page", name), ("digest", inline_digest(page, block))]
        self.item.user_properties += [("leg", json.dumps(facts(here, "failed" if problem else "passed")))]
        if problem is not None:
            pytest.fail(f"{name}:{problem.line}: {problem.message.replace(str(page.path), name)}", pytrace=False)

    def evaluate_transcript(self, example: Transcript, name: str) -> None:
        __tracebackhide__ = True
        line, said = example.fence.line, example.expectation
        if said.skip:
            self.extra = {"unproved": f"{name}:{line}: {said.skip}"}
            pytest.skip(f"{name}:{line}: {said.skip}")
        result = evaluate(example, self.interpreters, name, self.updating)
        properties = [("page", name), ("example", example.command.program or ""), ("command", example.command.text)]
        properties += [("digest", digest(example, example.expected if result.wanted is None else result.wanted))]
        properties += [("leg", json.dumps(record)) for record in result.records]
        self.item.user_properties += properties
        self.extra = {"not applicable": len(result.not_applicable)}
        if result.wanted is not None:
            update = Update(name, line, example.fence.end, example.fence.prefix, example.expected, tuple(result.wanted))
            self.extra["update"] = asdict(update)
        if result.problems:
            pytest.fail(failure(name, line, example.command.text, result), pytrace=False)
        if not result.records:
            here = ", ".join(f"{python.name} on {python.system}" for python in self.interpreters)
            self.extra["unproved"] = f"{name}:{line}: speaks for {said.restriction or 'no leg here'}; here: {here}"
            pytest.skip(self.extra["unproved"])

    # -- summing up, in the controlling process --------------------------------------------------------------

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        extra = getattr(report, "example", None)
        if not self.controls or report.when != "call" or not extra:
            return
        for name, value in report.user_properties:
            if name == "leg":
                leg = json.loads(value)
                if leg["start"] != "inline":
                    self.legs[f"{leg['implementation']} {leg['python']}", leg["start"], leg["outcome"]] += 1
        self.legs["not applicable"] += extra.get("not applicable", 0)
        if "unproved" in extra:
            self.unproved.append(extra["unproved"])
        if "update" in extra:
            self.updates.append(
                Update(**{k: tuple(v) if isinstance(v, list) else v for k, v in extra["update"].items()})
            )

    def pytest_terminal_summary(self, terminalreporter) -> None:
        if not self.controls:
            return
        write = terminalreporter.write_line
        if self.updates:
            terminalreporter.section("transcripts")
            for page in sorted({update.page for update in self.updates}):
                mine = sorted((update for update in self.updates if update.page == page), key=lambda one: one.line)
                try:
                    apply(self.root / page, mine)
                except UpdateError as error:
                    write(str(error), red=True)
                    terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED
                else:
                    write(f"updated {page}: line " + ", ".join(str(update.line) for update in mine))
        if self.legs:
            terminalreporter.section("legs")
            for (python, start), counts in sorted(self.table().items()):
                write(
                    f"{python}, {start}: "
                    + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
                )
            if self.legs["not applicable"]:
                write(
                    f"not applicable, as the pages say with start=, python=, system= or gil=: {self.legs['not applicable']}"
                )
            for python in self.interpreters:
                missing = [method for method in ("fork", "spawn", "forkserver") if method not in python.methods]
                if missing:
                    write(f"{python.name} on {python.system} has no {', '.join(missing)}")
        apart = [page for page in sorted((self.root / APART).rglob("*.md")) if self.left_out(page)]
        apart = [page.name for page in apart if any(page.resolve().is_relative_to(name) for name in self.named())]
        if apart:
            write(f"left out: {', '.join(apart)} in {APART}, since they need heavy packages. To run them: {RUN_APART}")
        if self.unproved:
            write("proved by no leg of this run:")
            for line in sorted(self.unproved):
                write(f"  {line}")

    def table(self) -> dict[tuple[str, str], Counter]:
        """Legs by interpreter and start method."""
        table: dict[tuple[str, str], Counter] = {}
        for key, count in self.legs.items():
            if key != "not applicable":
                python, start, outcome = key
                table.setdefault((python, start), Counter())[outcome] += count
        return table


def machine() -> str:
    """The processor's name and the number of cores that this process may use."""
    name = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")  # on Linux platform.processor() is empty or just the architecture
    if cpuinfo.exists():
        models = [
            line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")
        ]
        name = models[0] if models else name
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{name or platform.machine()}, {cores} cores"


def project(root: Path) -> str:
    """The name that pyproject.toml gives; empty where there is none."""
    file = root / "pyproject.toml"
    return tomllib.loads(file.read_text("utf-8")).get("project", {}).get("name", "") if file.exists() else ""


def commit(root: Path) -> str:
    """The commit that is checked out, with a + if files differ from it or are not in it; empty outside a git checkout."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, timeout=20).stdout.strip()

    try:
        name = git("describe", "--always", "--exclude=*", "--abbrev=12")
        return name + "+" if name and git("status", "--porcelain") else name
    except OSError:
        return ""
