"""Reports of runs: pytest's JUnit XML in reports/. One schema, for those who write one and those who read it."""

import json
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from packaging.version import Version

from ..pages.examples import Page
from ..pages.places import Place

OUTCOMES = ("passed", "failed")
IN_PAGE = "in the page"  # how a Run in the reader's browser starts; its system is the browser
INLINE = "inline"  # how a block that runs in the page's namespace starts
OWN = "its own"  # how a program starts that picks its own start method
SUITE_FACTS = ("project", "machine", "commit")  # properties of a whole report


class ReportError(Exception):
    """A report that cannot be believed; says which file, and what to do."""


@dataclass(frozen=True)
class RecordedLeg:
    """One run of an example, and where that was."""

    place: Place
    start: str  # a start method, OWN, INLINE or IN_PAGE
    method: str  # the start method that this meant
    default: bool  # whether nothing asked for the start method: it was the default
    outcome: str  # one of OUTCOMES
    seconds: float | None = None  # wall-clock
    output: str | None = None  # of a `measured` transcript
    problem: str | None = None  # what failed, in words
    machine: str = ""
    commit: str = ""
    date: str = ""  # ISO 8601

    @property
    def key(self) -> tuple[Place, str]:
        """Tells the legs of one example apart."""
        return self.place, self.start

    def to_property(self) -> str:
        """The value of a `leg` property. Machine, commit and date are the whole report's."""
        record = {
            "python": self.place.python,
            "implementation": self.place.implementation.removesuffix(" free-threaded"),
            "free_threaded": self.place.free_threaded,
            "system": self.place.system,
            "start": self.start,
            "method": self.method,
            "default": self.default,
            "outcome": self.outcome,
        }
        optional = {"seconds": self.seconds, "output": self.output, "problem": self.problem}
        return json.dumps(record | {name: value for name, value in optional.items() if value is not None})

    @classmethod
    def from_property(cls, value: str, *, machine: str, commit: str, date: str) -> "RecordedLeg":
        """The leg that a property describes; KeyError, ValueError or TypeError if it does not."""
        record: dict[str, Any] = json.loads(value)
        Version(record["python"])
        datetime.fromisoformat(date)
        if record["outcome"] not in OUTCOMES:
            raise ValueError(f"outcome {record['outcome']!r}")
        return cls(
            Place.of(record["implementation"], record["python"], record["system"], record["free_threaded"]),
            start=record["start"],
            method=record["method"],
            default=record["default"],
            outcome=record["outcome"],
            seconds=record.get("seconds"),
            output=record.get("output"),
            problem=record.get("problem"),
            machine=machine,
            commit=commit,
            date=date,
        )


@dataclass(frozen=True)
class Case:
    """What one test case of a report tells: the legs of one example."""

    page: str  # docs/answers/create-a-pool.md
    command: str | None  # None for an inline block
    digest: str
    legs: Sequence[RecordedLeg]

    def to_properties(self) -> list[tuple[str, str]]:
        command = [] if self.command is None else [("command", self.command)]
        legs = [("leg", leg.to_property()) for leg in self.legs]
        return [("page", self.page), *command, ("digest", self.digest), *legs]

    @classmethod
    def from_element(cls, case: ElementTree.Element, facts: Mapping[str, str]) -> "Case | None":
        """None for a test of something else; KeyError, ValueError or TypeError for one that is not as we write it."""
        values = properties(case)
        if "leg" not in values:
            return None
        legs = [RecordedLeg.from_property(value, **facts) for value in values["leg"]]
        return cls(values["page"][0], values.get("command", [None])[0], values["digest"][0], legs)


@dataclass
class Reports:
    """What the reports hold: the legs of each example, by its page and digest."""

    legs: dict[tuple[str, str], list[RecordedLeg]] = field(default_factory=dict)

    def of(self, page: str, digest: str) -> list[RecordedLeg]:
        return self.legs.get((page, digest), [])

    @property
    def places(self) -> list[Place]:
        """The Pythons, those of browsers left out."""
        all_legs = (leg for legs in self.legs.values() for leg in legs)
        return sorted({leg.place for leg in all_legs if leg.start != IN_PAGE}, key=lambda place: place.order)


def project(root: Path) -> str:
    """The name that pyproject.toml gives, which every report bears; empty where there is none."""
    file = root / "pyproject.toml"
    found: str = tomllib.loads(file.read_text("utf-8")).get("project", {}).get("name", "") if file.exists() else ""
    return found


def read_reports(folder: Path, project: str, pages: Mapping[str, Page]) -> Reports:
    """The legs of all reports in the folder, which must be this project's and agree; else ReportError.

    `pages` are those of the repository, by name.
    """
    reports = Reports()
    file_of: dict[tuple[str, str, Place, str], str] = {}
    for file in sorted(path for path in folder.glob("*.xml") if path.is_file()):
        name = f"{folder.name}/{file.name}"
        for case in cases(file, name, project):
            check_case(case, name, pages)
            legs = reports.legs.setdefault((case.page, case.digest), [])
            for leg in case.legs:
                add(legs, leg, case, name, file_of)
    return reports


def check_case(case: Case, name: str, pages: Mapping[str, Page]) -> None:
    """ReportError for an example that is not there: a report of another state of the repository."""
    if case.page not in pages:
        raise ReportError(f"{name} is about {case.page}, which is not here: run pytest again, or delete the report")
    commands = {transcript.command.text for transcript in pages[case.page].transcripts}
    if case.command and case.command not in commands:
        raise ReportError(
            f"{name} is about `{case.command}`, which {case.page} does not have: run pytest again, or delete the report"
        )


def add(
    legs: list[RecordedLeg],
    leg: RecordedLeg,
    case: Case,
    name: str,
    file_of: dict[tuple[str, str, Place, str], str],
) -> None:
    """Adds a leg to those of its example; the newer of two that agree counts. ReportError if they don't agree."""
    key = (case.page, case.digest, *leg.key)
    same = next((other for other in legs if other.key == leg.key), None)
    if same is None:
        legs.append(leg)
    elif same.outcome != leg.outcome:
        raise ReportError(
            f"{file_of[key]} and {name} disagree on an example of {case.page}, {leg.place}, {leg.start}: "
            f"{same.outcome} and {leg.outcome}. Delete the one that is not true, or run pytest again"
        )
    elif same.date < leg.date:
        legs[legs.index(same)] = leg
    else:
        return
    file_of[key] = name


def cases(file: Path, name: str, project: str) -> Iterator[Case]:
    """All that ran, as one report has it."""
    try:
        root = ElementTree.parse(file).getroot()
    except ElementTree.ParseError as error:
        raise ReportError(f"{name} is cut short, or no report ({error}): run pytest again, or delete it") from None
    suites = list(root.iter("testsuite"))
    for suite in suites:
        whole = properties(suite)
        of = whole.get("project", ["another project"])[0]
        if of != project:
            raise ReportError(f"{name} is a report of {of}, not of {project}: delete it")
        facts = suite_facts(suite)
        for element in suite.iter("testcase"):
            try:
                case = Case.from_element(element, facts)
            except (KeyError, ValueError, TypeError) as error:
                raise ReportError(
                    f"{name}: {element.get('name')}: not as our pytest writes it ({error!r}): delete it"
                ) from None
            if case:
                yield case
    if not suites:
        raise ReportError(f"{name} is no JUnit report: delete it")


def suite_facts(suite: ElementTree.Element) -> dict[str, str]:
    """Machine, commit and date of all that a report tells."""
    whole = properties(suite)
    return {name: whole.get(name, [""])[0] for name in ("machine", "commit")} | {"date": suite.get("timestamp", "")}


def properties(element: ElementTree.Element) -> dict[str, list[str]]:
    """An element's own properties; a name may come more than once."""
    values: dict[str, list[str]] = {}
    for child in element.findall("properties/property"):
        values.setdefault(child.get("name", ""), []).append(child.get("value", ""))
    return values
