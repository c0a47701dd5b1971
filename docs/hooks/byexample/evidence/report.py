"""Reports of runs: pytest's JUnit XML in reports/. One schema, for those who write one and those who read it."""

import json
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..pages.examples import Page
from ..pages.places import Place
from . import schema
from .schema import IN_PAGE

LARGEST = 50_000_000  # bytes of a report
NO_XML = (ElementTree.ParseError, ValueError, LookupError)  # the last two: for an encoding that is not known
REPAIR = "run pytest again, or delete it"


class ReportError(Exception):
    """A report that cannot be believed; says which file, and what to do."""


@dataclass(frozen=True)
class RecordedLeg:
    """One run of an example, and where that was."""

    place: Place
    start: str  # a start method, OWN, INLINE or IN_PAGE
    method: str  # the start method that this meant
    default: bool  # whether nothing asked for the start method: it was the default
    outcome: str  # one of schema.OUTCOMES
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
        """The leg that a property describes; ValueError if it does not."""
        record = schema.leg(value)
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
        """None for a test of something else; ValueError for one that is not as we write it."""
        values = properties(case)
        if "leg" not in values:
            return None
        legs = [RecordedLeg.from_property(value, **facts) for value in values.pop("leg")]
        for name in schema.CASE:
            if len(values.get(name, [])) != 1 and (name != "command" or name in values):
                raise ValueError(f"it has {len(values.get(name, []))} properties `{name}`, not one")
        named = {name: value[0] for name, value in values.items()}
        schema.check(named, schema.CASE)
        return cls(named["page"], named.get("command"), named["digest"], legs)


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
    for file in sorted(folder.glob("*.xml")):
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
        raise ReportError(f"{name} is about {schema.shown(case.page)}, which is no page here: {REPAIR}")
    commands = {transcript.command.text for transcript in pages[case.page].transcripts}
    if case.command is not None and case.command not in commands:
        command = schema.shown(case.command)
        raise ReportError(f"{name} is about the command {command}, which {case.page} does not have: {REPAIR}")


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
    suites = list(parsed(file, name).iter("testsuite"))
    for suite in suites:
        whole = properties(suite)
        of = whole.get("project", ["another project"])[0]
        if of != project:
            raise ReportError(f"{name} is a report of {of}, not of {project}: delete it")
        test = None
        try:
            facts = suite_facts(suite)
            for test in suite.iter("testcase"):
                if case := Case.from_element(test, facts):
                    yield case
        except ValueError as error:
            where = name if test is None else f"{name}: {schema.shown(test.get('name'))}"
            raise ReportError(f"{where}: not as our pytest writes it: {error}: {REPAIR}") from None
    if not suites:
        raise ReportError(f"{name} is no JUnit report: delete it")


def parsed(file: Path, name: str) -> ElementTree.Element:
    """A report's outermost element; ReportError for what is no XML, or far larger than what pytest writes."""
    if not file.is_file():
        raise ReportError(f"{name} is no file: delete it")
    if file.stat().st_size > LARGEST:
        raise ReportError(f"{name} has more than {LARGEST:,} bytes, and no report has: {REPAIR}")
    try:
        return ElementTree.parse(file).getroot()
    except NO_XML as error:
        raise ReportError(f"{name} is cut short, or no report ({error}): {REPAIR}") from None


def suite_facts(suite: ElementTree.Element) -> dict[str, str]:
    """Machine, commit and date of all that a report tells; ValueError if one of them is not as we write it."""
    whole = properties(suite)
    facts = {name: whole.get(name, [""])[0] for name in schema.SUITE}
    schema.check(facts, schema.SUITE)
    return facts | {"date": schema.utc(suite.get("timestamp", ""))}


def properties(element: ElementTree.Element) -> dict[str, list[str]]:
    """An element's own properties; a name may come more than once."""
    values: dict[str, list[str]] = {}
    for child in element.findall("properties/property"):
        values.setdefault(child.get("name", ""), []).append(child.get("value", ""))
    return values
