"""The pytest plugin: collects pages and evaluates their examples."""

import os
import platform
import signal
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.junitxml import xml_key
from byexample.evidence.kept import keep
from byexample.evidence.report import Case, project
from byexample.evidence.schema import INLINE
from byexample.git import commit
from byexample.pages.digest import digests, example_digest, transcript_digest
from byexample.pages.entries import shown
from byexample.pages.examples import Inline, Page, Refused, Transcript, Waiting
from byexample.pages.files import BEHIND_THE_PAGES
from byexample.pages.reader import read
from byexample.pages.snippets import Problem, problems
from sybil import Example
from sybil.integration.pytest import SybilItem
from sybil.integration.pytest import pytest_integration as collector

from . import inline
from .collect import sybils
from .evaluate import evaluate, failure
from .imports import Imports
from .legs import InterpreterError, Leg, interpreter
from .selection import is_about_all, is_about_few, left_out
from .summary import Summary
from .update import Update

INLINE_SECONDS = 60


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
    harness = Harness(config)
    config.pluginmanager.register(harness, "multiprocessing-examples")
    if not hasattr(config, "workerinput"):  # a worker of xdist reports to the process that started it
        config.pluginmanager.register(Summary(config, harness.interpreters), "multiprocessing-summary")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many workers `-n auto` starts: none for a few examples. Most wait more than they compute."""
    return 0 if is_about_few(config) else cores() + 1


class Harness:
    """One run of the harness; with pytest-xdist one in each worker, and one that controls them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.root: Path = config.rootpath
        self.updating: bool = config.getoption("--update")
        try:
            self.interpreters = [interpreter(path) for path in config.getoption("--python") or [sys.executable]]
        except InterpreterError as error:
            raise pytest.UsageError(str(error)) from None
        self.collect = collector(*sybils(self.root, self.evaluate))
        self.item: pytest.Item | None = None  # the one that runs
        self.extra: dict[str, Any] = {}  # what its report carries to the controlling process
        self.namespaces: dict[Path, dict[str, Any]] = {}
        self.imports = Imports(self.root / "snippets")
        self.done: set[Inline] = set()  # blocks that ran

    # -- the report ------------------------------------------------------------------------------------------

    def pytest_sessionstart(self) -> None:
        xml = self.config.stash.get(xml_key, None)  # in the controlling process, if a report is written
        if xml is not None:
            xml.add_global_property("project", project(self.root))
            xml.add_global_property("machine", machine())
            xml.add_global_property("commit", commit(self.root))

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self) -> Iterator[None]:
        """A run of some pages keeps what the last report says of the others; the file is there whole or not at all."""
        xml = self.config.stash.get(xml_key, None)
        if xml is None:
            return (yield)
        report = Path(xml.logfile)
        report.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=report.parent) as aside:
            xml.logfile = str(Path(aside, report.name))
            try:
                result = yield
            finally:
                written, xml.logfile = Path(xml.logfile), str(report)
            if report.is_file():
                keep(report.read_bytes(), written, project(self.root), self.digests_now)
            os.replace(written, report)
        return result

    def digests_now(self, name: str) -> set[str]:
        """Those of a page of this run."""
        return digests(read(self.root / name, self.root))

    # -- collecting ------------------------------------------------------------------------------------------

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        behind = any(file_path.is_relative_to(self.root / folder) for folder in BEHIND_THE_PAGES)
        if behind or left_out(self.config, file_path) or not file_path.name.isprintable():
            return None  # a name that no report can hold is told as a problem
        return self.collect(file_path, parent)

    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        pages: dict[str, Page] = {}
        for item in items:
            if isinstance(item, SybilItem):
                page, example = item.example.parsed
                pages[page.name] = page
                if isinstance(example, Inline):
                    item.add_marker(pytest.mark.timeout(INLINE_SECONDS))
        if pages:
            items += [self.problem_item(session, problem) for problem in self.problems(list(pages.values()))]

    def problems(self, pages: list[Page]) -> list[Problem]:
        """What is wrong with programs, and concerns these pages; all of it in a run of all pages."""
        all_problems = problems(self.root)
        if is_about_all(self.config):
            return all_problems
        return [problem for problem in all_problems if any(problem.concerns(page, self.root) for page in pages)]

    def problem_item(self, session: pytest.Session, problem: Problem) -> pytest.Item:
        return ProblemItem.from_parent(session, name=shown(problem.file, self.root), problem=problem)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.item, self.extra = item, {}
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, pytest.TestReport]:
        report: Any = yield
        if call.when == "call":
            report.example = self.extra  # travels from worker to controller
        if isinstance(item, SybilItem):
            path, line, _ = item.location
            report.location = (path, line, f"{item.path.relative_to(self.root).as_posix()}:{line}")
        return report  # type: ignore[no-any-return]

    # -- evaluating ------------------------------------------------------------------------------------------

    def evaluate(self, example: Example) -> None:
        """The evaluator that sybil calls for every region of a page."""
        __tracebackhide__ = True
        page, parsed = example.parsed
        if isinstance(parsed, Refused):
            pytest.fail(f"{page.name}:{parsed.line}: {parsed.message}", pytrace=False)
        elif isinstance(parsed, Waiting):
            pytest.skip(f"{page.name}:{parsed.fence.line}: {parsed.message}")
        elif isinstance(parsed, Inline):
            self.evaluate_inline(page, parsed)
        elif isinstance(parsed, Transcript):
            self.evaluate_transcript(page, parsed)

    def evaluate_inline(self, page: Page, block: Inline) -> None:
        """Runs the block, and before it those above it that did not run here: each can be run alone."""
        __tracebackhide__ = True
        namespace = self.namespaces.setdefault(page.path, {})
        problem = None
        with self.imports.of(page):
            for each in page.inlines[: page.inlines.index(block) + 1]:
                if problem is None and each not in self.done:
                    self.done.add(each)
                    problem = inline.run(each, page.path, namespace) or self.imports.problem(page, each)
        message = problem.message.replace(str(page.path), page.name) if problem else None
        leg = Leg(interpreter(sys.executable), INLINE, INLINE).recorded(message)
        self.record(Case(page.name, None, example_digest(page, block), [leg]))
        if problem is not None:
            pytest.fail(f"{page.name}:{problem.line}: {message}", pytrace=False)

    def evaluate_transcript(self, page: Page, example: Transcript) -> None:
        __tracebackhide__ = True
        where, attributes = f"{page.name}:{example.fence.line}", example.attributes
        if attributes.skip:
            self.extra = {"unproved": f"{where}: {attributes.skip}"}
            pytest.skip(self.extra["unproved"])
        result = evaluate(page, example, self.interpreters, self.updating)
        output = example.output if result.wanted is None else result.wanted
        digest = transcript_digest(page, example, output)
        self.record(Case(page.name, example.command.text, digest, result.recorded))
        self.extra = {"not applicable": len(result.not_applicable)}
        if result.wanted is not None:
            command, wanted = example.command.text, tuple(result.wanted)
            update = Update(page.name, example.fence.line, command, example.output, wanted)
            self.extra["update"] = update.to_json()
        if result.problems:
            pytest.fail(failure(page, example, result), pytrace=False)
        if not result.recorded:
            here = ", ".join(f"{python.place.name} on {python.place.system}" for python in self.interpreters)
            speaks_for = attributes.restriction or "no leg here"
            self.extra["unproved"] = f"{where}: speaks for {speaks_for}; here: {here}"
            pytest.skip(self.extra["unproved"])

    def record(self, case: Case) -> None:
        assert self.item is not None  # sybil evaluates in an item
        self.item.user_properties += case.to_properties()


class ProblemItem(pytest.Item):
    """A fault that belongs to no fence of any page."""

    def __init__(self, *, problem: Problem, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.problem = problem

    def runtest(self) -> None:
        pytest.fail(self.problem.message, pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.problem.file, 0, self.name


def machine() -> str:
    """The processor's name and the number of cores that this process may use."""
    name = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")  # on Linux platform.processor() is empty or just the architecture
    if cpuinfo.exists():
        lines = cpuinfo.read_text().splitlines()
        models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        name = models[0] if models else name
    return f"{name or platform.machine()}, {cores()} cores"


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
