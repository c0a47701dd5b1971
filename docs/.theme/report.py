"""Reads what the last runs of the examples recorded: pytest's JUnit XML in reports/."""

import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from packaging.version import Version

START_METHODS = ("fork", "spawn", "forkserver")
SYSTEMS = ("Linux", "macOS", "Windows")
GIL = ("on", "off")  # off: a free-threaded build
OUTCOMES = ("passed", "failed")
IN_PAGE = "in the page"  # how a Run in the reader's browser starts; its system is the browser


class ReportError(Exception):
    """A report that cannot be believed; says which file, and what to do."""


@dataclass(frozen=True)
class Place:
    """A Python on a system."""

    implementation: str  # "CPython", or "CPython free-threaded"
    python: str  # "3.14.2"
    system: str  # "Linux", "Windows", "macOS", or a browser: "Chromium 156.0.7803.0"

    @property
    def gil(self) -> str:
        """ "on", or "off" for a free-threaded build."""
        return "off" if self.implementation.endswith("free-threaded") else "on"

    @property
    def version(self) -> tuple[int, ...]:
        """The Python version, to compare with."""
        return tuple(int(digits) for part in self.python.split(".") if (digits := "".join(filter(str.isdigit, part))))

    @property
    def order(self) -> tuple:
        return self.implementation, self.version, self.system

    def __str__(self) -> str:
        return f"{self.implementation} {self.python}, {self.system}"


@dataclass(frozen=True)
class Leg:
    """One run of an example, and where that was."""

    place: Place
    start: str  # a start method, "its own", "inline", or IN_PAGE
    method: str  # the start method that this meant
    default: bool  # whether nothing asked for the start method: it was the default
    outcome: str  # one of OUTCOMES
    seconds: float | None  # wall-clock
    output: str | None  # of a `measured` transcript
    machine: str
    commit: str
    date: str  # ISO 8601


@dataclass
class Reports:
    """All that the reports tell: the legs of each example, by its page and digest."""

    legs: dict[tuple[str, str], list[Leg]] = field(default_factory=dict)

    def of(self, page: str, digest: str) -> list[Leg]:
        return self.legs.get((page, digest), [])

    @property
    def places(self) -> list[Place]:
        """The Pythons, those of browsers left out."""
        all_legs = (leg for legs in self.legs.values() for leg in legs)
        return sorted({leg.place for leg in all_legs if leg.start != IN_PAGE}, key=lambda place: place.order)


def digest(parts: Sequence[str], programs: Mapping[str, str]) -> str:
    """Stands for an example and all programs of its page (title → content); tests/harness computes the same.

    So a report of other programs, or of a transcript that was edited since, does not count.
    """
    said = list(parts)
    for title in sorted(programs):
        said += [title, programs[title]]
    return hashlib.sha256("".join(part + "\0" for part in said).encode()).hexdigest()[:16]


def read_reports(folder: Path, project: str, root: Path) -> Reports:
    """The legs of all reports in the folder, which must be this project's and agree; else ReportError."""
    found = Reports()
    told_by: dict[tuple, str] = {}
    commands: dict[str, set[str] | None] = {}  # by page; None for a page that is not here
    for file in sorted(path for path in folder.glob("*.xml") if path.is_file()):
        name = f"{folder.name}/{file.name}"
        for page, command, key, leg in cases(file, name, project):
            if page not in commands:
                commands[page] = commands_on(root / page)
            if commands[page] is None:
                raise ReportError(f"{name} tells of {page}, which is not here: run pytest again, or delete the report")
            if command and command not in commands[page]:
                raise ReportError(
                    f"{name} tells of `{command}`, which {page} does not have: run pytest again, or delete the report"
                )
            legs = found.legs.setdefault((page, key), [])
            same = next((one for one in legs if (one.place, one.start) == (leg.place, leg.start)), None)
            if same is None:
                legs.append(leg)
            elif same.outcome != leg.outcome:
                other = told_by[page, key, leg.place, leg.start]
                raise ReportError(
                    f"{other} and {name} disagree on an example of {page}, {leg.place}, {leg.start}: "
                    f"{same.outcome} and {leg.outcome}. Delete the one that is not true, or run pytest again"
                )
            elif same.date < leg.date:
                legs[legs.index(same)] = leg
            else:
                continue
            told_by[page, key, leg.place, leg.start] = name
    return found


def commands_on(page: Path) -> set[str] | None:
    """The commands of a page's transcripts, and perhaps of other fences; None if there is no such page."""
    return set(re.findall(r"^ *\$ +(.*?) *$", page.read_text("utf-8"), re.MULTILINE)) if page.is_file() else None


def cases(file: Path, name: str, project: str):
    """(page, command or None, digest, leg) of all that ran, as one report has it."""
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
        facts = {key: whole.get(key, [""])[0] for key in ("machine", "commit")} | {"date": suite.get("timestamp", "")}
        for case in suite.iter("testcase"):
            mine = properties(case)
            try:
                for record in map(json.loads, mine.get("leg", [])):
                    yield mine["page"][0], mine.get("command", [None])[0], mine["digest"][0], leg_of(record, facts)
            except (KeyError, ValueError, TypeError) as error:
                raise ReportError(
                    f"{name}: {case.get('name')}: not as our pytest writes it ({error!r}): delete it"
                ) from None
    if not suites:
        raise ReportError(f"{name} is no JUnit report: delete it")


def leg_of(record: dict, facts: dict[str, str]) -> Leg:
    """The leg that a property tells of; ValueError and the like if it does not."""
    Version(record["python"])
    datetime.fromisoformat(facts["date"])
    if record["outcome"] not in OUTCOMES:
        raise ValueError(f"outcome {record['outcome']!r}")
    threads = " free-threaded" if record["free_threaded"] else ""
    return Leg(
        place=Place(record["implementation"] + threads, record["python"], record["system"]),
        start=record["start"],
        method=record["method"],
        default=record["default"],
        outcome=record["outcome"],
        seconds=record.get("seconds"),
        output=record.get("output"),
        **facts,
    )


def properties(element: ElementTree.Element) -> dict[str, list[str]]:
    """An element's own properties; a name may come more than once."""
    found: dict[str, list[str]] = {}
    for one in element.findall("properties/property"):
        found.setdefault(one.get("name", ""), []).append(one.get("value", ""))
    return found
