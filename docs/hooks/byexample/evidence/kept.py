"""Keeps what an older report proves, when a run of some pages replaces it."""

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
    ran = {key for suite in new.iter("testsuite") for case in suite.iter("testcase") for key, _ in legs_of(suite, case)}
    digests = {page: current(page) for page in sorted({page for page, *_ in ran})}
    for suite in old.iter("testsuite"):
        if properties(suite).get("project") != [project]:
            continue
        for case in list(suite.iter("testcase")):
            if not reduce(suite, case, ran, digests):
                suite.remove(case)
        count = len(suite.findall("testcase"))
        if count:
            suite.attrib |= {"tests": str(count), "failures": "0", "errors": "0", "skipped": "0"}
            new.getroot().append(suite)
    new.write(file, "utf-8", xml_declaration=True)


def reduce(
    suite: ElementTree.Element, case: ElementTree.Element, ran: set[Key], digests: Mapping[str, Collection[str]]
) -> bool:
    """Takes the legs out of a test case that are gone, or ran again; whether any is left."""
    legs = legs_of(suite, case)
    kept = [leg for key, leg in legs if key not in ran and (key[0] not in digests or key[1] in digests[key[0]])]
    holder = case.find("properties")
    if holder is None or not kept:
        return False
    for element in holder.findall("property[@name='leg']"):
        if element not in kept:
            holder.remove(element)
    for child in [child for child in case if child.tag != "properties"]:
        case.remove(child)  # what pytest said of the item; the legs say it themselves
    return True


def legs_of(suite: ElementTree.Element, case: ElementTree.Element) -> list[tuple[Key, ElementTree.Element]]:
    """The legs in a test case, each with its key; none if it is not as we write it."""
    values = properties(case)
    elements = case.findall("properties/property[@name='leg']")
    try:
        page, digest = values["page"][0], values["digest"][0]
        facts = suite_facts(suite)
        legs = [RecordedLeg.from_property(element.get("value", ""), **facts) for element in elements]
    except (KeyError, ValueError):
        return []
    return [((page, digest, *leg.key), element) for leg, element in zip(legs, elements, strict=True)]
