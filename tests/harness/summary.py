"""What a run says at its end: the transcripts that it rewrote, the legs that it ran, and what it did not prove."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import pytest
from byexample.evidence.schema import INLINE
from byexample.pages.files import APART
from byexample.pages.places import START_METHODS, Place

from .legs import Interpreter
from .selection import RUN_APART, pages_left_out
from .update import Update, UpdateError, apply


class Summary:
    """Gathers what the items report, in the process that controls the run."""

    def __init__(self, config: pytest.Config, interpreters: Sequence[Interpreter]) -> None:
        self.config = config
        self.interpreters = interpreters
        self.updates: list[Update] = []
        self.updated: list[str] = []
        self.not_updated: list[str] = []
        self.legs: dict[str, Counter[str]] = {}  # by Python and start method → outcomes
        self.not_applicable = 0
        self.unproved: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        extra = getattr(report, "example", None)
        if report.when != "call" or extra is None:
            return
        for name, value in report.user_properties:
            if name == "leg":
                self.count(json.loads(str(value)))
        self.not_applicable += extra.get("not applicable", 0)
        if "unproved" in extra:
            self.unproved.append(extra["unproved"])
        if "update" in extra:
            self.updates.append(Update.from_json(extra["update"]))

    def count(self, leg: dict[str, str]) -> None:
        if leg["start"] != INLINE:
            place = Place.of(leg["implementation"], leg["python"], leg["system"], bool(leg["free_threaded"]))
            self.legs.setdefault(f"{place.name}, {leg['start']}", Counter())[leg["outcome"]] += 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Rewrites the pages, each as a whole; one that cannot be rewritten fails the run, and keeps no other back."""
        updates = sorted(self.updates, key=lambda update: (update.page, update.line))
        for page, of_page in groupby(updates, key=lambda update: update.page):
            try:
                lines = apply(self.config.rootpath, page, list(of_page))
            except UpdateError as error:
                self.not_updated.append(str(error))
            except OSError as error:
                self.not_updated.append(f"{page}: not updated: {error.strerror or error}")
            else:
                self.updated += [f"updated {page}: line {', '.join(map(str, lines))}"] if lines else []
        if self.not_updated and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.updates:
            terminalreporter.section("transcripts")
        for line in self.updated:
            terminalreporter.write_line(line)
        for line in self.not_updated:
            terminalreporter.write_line(line, red=True)
        if self.legs:
            terminalreporter.section("legs")
        for line in self.lines():
            terminalreporter.write_line(line)

    def lines(self) -> Iterator[str]:
        """How many legs passed and failed, and what did not run."""
        for name, outcomes in sorted(self.legs.items()):
            yield f"{name}: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        if self.not_applicable:
            yield f"not applicable, as the pages say with start=, python=, system= or gil=: {self.not_applicable}"
        for python in self.interpreters if self.legs else ():
            if missing := [method for method in START_METHODS if method not in python.methods]:
                yield f"{python.place.name} on {python.place.system} has no {', '.join(missing)}"
        if apart := pages_left_out(self.config):
            yield f"left out: {', '.join(apart)} in {APART}, since they need heavy packages. To run them: {RUN_APART}"
        if self.unproved:
            yield "proved by no leg of this run:"
        for line in sorted(self.unproved):
            yield f"  {line}"
