"""Keeps what an older report proves: beside a run of some pages, or in the place of a run that left no report."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from ..pages.places import Place
from .report import NO_XML, RecordedLeg, properties, suite_facts

Key = tuple[str, str, Place, str]  # page, digest, and what tells legs apart


def keep(before: bytes, file: Path, project: str, current: Callable[[str], Collection[str]]) -> None:
    """Adds to a new report what the one before it proved, and this run did not run again.

    `current` gives the digests of all examples on a page that this run was about: others of that page are gone. What
    cannot be read is left out, and so is the report of another project.
    """
    try:
        old, new = ElementTree.fromstring(before), ElementTree.parse(file)
    except NO_XML:
        return
    ran = {
        key for suite in new.iter("testsuite") for case in suite.iter("testcase") for key, *_ in legs_of(suite, case)
    }
    digests = {page: current(page) for page in sorted({page for page, *_ in ran})}
    for suite in old.iter("testsuite"):
        if properties(suite).get("project") != [project]:
            continue
        for case in list(suite.iter("testcase")):
            if not reduce(suite, case, ran, digests):
                suite.remove(case)
        if counted(suite):
            new.getroot().append(suite)
    new.write(file, "utf-8", xml_declaration=True)


def stand_in(before: bytes, file: Path, project: str, digests: Mapping[str, Collection[str]]) -> list[str]:
    """Writes those legs of an older report that passed, and whose examples are now as they were; the dates of its runs.

    `digests` are those of all examples that each page has. Writes nothing if nothing is left, or if it is no report.
    """
    try:
        old = ElementTree.fromstring(before)
    except NO_XML:
        return []
    dates = []
    for suite in old.findall("testsuite"):
        for case in list(suite.iter("testcase")):
            legs = legs_of(suite, case) if properties(suite).get("project") == [project] else []
            stale = [leg for key, passed, leg in legs if not passed or key[1] not in digests.get(key[0], ())]
            if not legs or not without(case, stale):
                suite.remove(case)
        if counted(suite):
            dates.append(suite.get("timestamp", ""))
        else:
            old.remove(suite)
    if dates:
        ElementTree.ElementTree(old).write(file, "utf-8", xml_declaration=True)
    return dates


def counted(suite: ElementTree.Element) -> int:
    """How many test cases are left, all of them with nothing but legs."""
    count = len(suite.findall("testcase"))
    suite.attrib |= {"tests": str(count), "failures": "0", "errors": "0", "skipped": "0"}
    return count


def reduce(
    suite: ElementTree.Element, case: ElementTree.Element, ran: set[Key], digests: Mapping[str, Collection[str]]
) -> bool:
    """Takes the legs out of a test case that are gone, or ran again; whether any is left."""
    legs = legs_of(suite, case)
    gone = [leg for key, _, leg in legs if key in ran or (key[0] in digests and key[1] not in digests[key[0]])]
    return bool(legs) and without(case, gone)


def without(case: ElementTree.Element, gone: Collection[ElementTree.Element]) -> bool:
    """Takes these legs out of a test case; whether any is left."""
    holder = case.find("properties")
    if holder is None:
        return False
    for element in gone:
        holder.remove(element)
    if holder.find("property[@name='leg']") is None:
        return False
    for child in [child for child in case if child.tag != "properties"]:
        case.remove(child)  # what pytest said of the item; the legs say it themselves
    return True


def legs_of(suite: ElementTree.Element, case: ElementTree.Element) -> list[tuple[Key, bool, ElementTree.Element]]:
    """The legs in a test case, each with its key and whether it passed; none if it is not as we write it."""
    values = properties(case)
    elements = case.findall("properties/property[@name='leg']")
    try:
        page, digest = values["page"][0], values["digest"][0]
        facts = suite_facts(suite)
        legs = [RecordedLeg.from_property(element.get("value", ""), **facts) for element in elements]
    except (KeyError, ValueError):
        return []
    passed = [leg.outcome == "passed" for leg in legs]
    keys = [(page, digest, *leg.key) for leg in legs]
    return list(zip(keys, passed, elements, strict=True))
