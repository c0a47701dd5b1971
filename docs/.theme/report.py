"""Reads what the last runs of the examples recorded: pytest's JUnit XML in reports/."""

import hashlib
import json
import logging
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger("mkdocs.hooks.report")

START_METHODS = ("fork", "spawn", "forkserver")


@dataclass(frozen=True)
class Leg:
    """One run of a command that went as its transcript says, and where that was."""

    python: str  # "3.14.2"
    implementation: str  # "CPython", or "CPython free-threaded"
    system: str  # "Linux", "Windows", "Darwin"
    start: str  # as asked for: a start method, "default", or "its own"
    method: str  # the start method that this meant
    output: str | None  # of a `measured` transcript
    machine: str
    commit: str
    date: str  # ISO 8601

    @property
    def version(self) -> tuple[int, ...]:
        """The Python version, to compare with."""
        return tuple(int(digits) for part in self.python.split(".") if (digits := "".join(filter(str.isdigit, part))))


def digest(command: str, programs: Mapping[str, str]) -> str:
    """Stands for a command and all programs of its page (title → content): reports of other ones do not count."""
    parts = [command]
    for title in sorted(programs):
        parts += [title, programs[title]]
    return hashlib.sha256("".join(part + "\0" for part in parts).encode()).hexdigest()[:16]


def read_reports(folder: Path) -> dict[str, list[Leg]]:
    """The passed legs of all reports in the folder, by digest, in the order in which they ran."""
    found: dict[str, list[Leg]] = {}
    for file in sorted(folder.glob("*.xml")):
        try:
            suites = list(ElementTree.parse(file).getroot().iter("testsuite"))
        except ElementTree.ParseError as error:
            log.warning("%s is no whole report (%s): delete it, or run pytest again", file.name, error)
            continue
        for suite in suites:
            whole = properties(suite)
            facts = {
                "machine": whole.get("machine", [""])[0],
                "commit": whole.get("commit", [""])[0],
                "date": suite.get("timestamp", ""),
            }
            for case in suite.iter("testcase"):
                mine = properties(case)
                for record in map(json.loads, mine.get("leg", [])):
                    if record["outcome"] == "passed" and "digest" in mine:
                        found.setdefault(mine["digest"][0], []).append(leg(record, facts))
    for legs in found.values():
        legs.sort(key=lambda one: one.date)
    return found


def leg(record: dict, facts: dict[str, str]) -> Leg:
    threads = " free-threaded" if record.get("free_threaded") else ""
    method = record.get("chosen") or record.get("method") or record["start"]
    return Leg(
        python=record["python"],
        implementation=record["implementation"] + threads,
        system=record["system"],
        start=record["start"],
        method=method,
        output=record.get("output"),
        **facts,
    )


def properties(element: ElementTree.Element) -> dict[str, list[str]]:
    """An element's own properties; a name may come more than once."""
    found: dict[str, list[str]] = {}
    for one in element.findall("properties/property"):
        found.setdefault(one.get("name", ""), []).append(one.get("value", ""))
    return found
