"""The line below an example: where it ran, in words that name no combination that did not run."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from ..pages.places import START_METHODS, SYSTEMS, Place
from ..urls import relative
from .proofs import PageProofs, Proof
from .report import RecordedLeg
from .schema import INLINE, OWN


def ran(page: PageProofs, proof: Proof, running: bool = False) -> str:
    """Where it ran, when, and a link to the details; as HTML. `running`: whether it runs right now."""
    legs, in_page = proof.passed, proof.ran_in_page
    if running:
        return "<b>Running</b> on this machine; the page reloads when it has run."
    if not legs and not in_page:
        return "" if proof.failed else "Not run here yet."
    browsers = ", ".join(sorted({browser(leg) for leg in in_page}))
    parts = ["; ".join(native(legs)), f"in the page with {browsers}" if browsers else "", when([*legs, *in_page])]
    link = relative(page.evidence_url, page.url) + "#" + proof.anchor
    return f'<b>Ran</b> on {html.escape(" · ".join(filter(None, parts)))} · <a href="{link}">details</a>'


def failed(proof: Proof) -> str:
    """Where it failed, when, and what was seen there; as HTML; empty if it failed nowhere."""
    parts = []
    by_problem: dict[str, list[RecordedLeg]] = {}
    for leg in proof.failed:
        by_problem.setdefault(leg.problem or "", []).append(leg)
    for problem, legs in by_problem.items():
        where = html.escape(" · ".join(["; ".join(native(legs)), when(legs)]))
        shown = f"<pre><code>{html.escape(problem)}</code></pre>" if problem else ""
        parts.append(f"<b>Failed</b> on {where}{shown}")
    return "".join(parts)


class Group(NamedTuple):
    """Runs that can be named together: each of these Pythons, with each of these methods, on each of these systems."""

    pythons: str
    methods: str
    systems: str


def native(legs: Sequence[RecordedLeg]) -> list[str]:
    """Pythons · start methods · systems, for each group; Pythons are named once if groups share them."""
    words = []
    last = None
    for group in groups(legs):
        words.append(" · ".join(group[1:] if group.pythons == last else group))
        last = group.pythons
    return words


def groups(legs: Iterable[RecordedLeg]) -> list[Group]:
    """As few groups as there can be that name no combination that did not run."""
    on_system: dict[str, set[tuple[Place, str]]] = {}
    for leg in legs:
        on_system.setdefault(leg.place.system, set()).add((replace(leg.place, system=""), leg.method))
    alike: dict[frozenset[tuple[Place, str]], list[str]] = {}  # systems with the same runs
    for system in sorted(on_system, key=lambda system: position(system, SYSTEMS)):
        alike.setdefault(frozenset(on_system[system]), []).append(system)
    return [
        Group(numbers(places), ", ".join(started(method) for method in methods), ", ".join(systems))
        for runs, systems in alike.items()
        for methods, places in by_methods(runs).items()
    ]


def by_methods(runs: Iterable[tuple[Place, str]]) -> dict[tuple[str, ...], list[Place]]:
    """The Pythons that ran with the same start methods."""
    methods: dict[Place, set[str]] = {}
    for place, method in runs:
        methods.setdefault(place, set()).add(method)
    found: dict[tuple[str, ...], list[Place]] = {}
    for place in sorted(methods, key=lambda place: (place.implementation, place.version)):
        in_order = sorted(methods[place], key=lambda method: position(method, START_METHODS))
        found.setdefault(tuple(in_order), []).append(place)
    return found


def position(name: str, known: tuple[str, ...]) -> tuple[int, str]:
    """To sort by: those that are known in their order, then others."""
    return (known.index(name) if name in known else len(known), name)


def numbers(places: Iterable[Place]) -> str:
    """CPython 3.11.7, 3.12.1"""
    versions: dict[str, list[str]] = {}
    for place in places:
        versions.setdefault(place.implementation, []).append(place.python)
    return ", ".join(f"{name} " + ", ".join(dict.fromkeys(mine)) for name, mine in versions.items())


def browser(leg: RecordedLeg) -> str:
    """A browser by its name and release: its first number, or two where releases are counted so."""
    name, version = leg.place.system.split(" ", 1)
    return f"{name} {'.'.join(version.split('.')[: 2 if name == 'WebKit' else 1])}"


def started(method: str, before: str = "") -> str:
    """A start method's name, with words before it; or which package started the processes instead."""
    if method == INLINE:
        return "inline, on the Python of the tests"
    known = method in START_METHODS or " and " in method or method == OWN
    return before + method if known else f"started by {method}"


def when(legs: Sequence[RecordedLeg]) -> str:
    """The day, or the first and the last; and the commit, if all legs ran at the same."""
    dates = sorted(leg.date for leg in legs)
    days = dict.fromkeys([day(dates[0]), day(dates[-1])])
    commits = {leg.commit for leg in legs}
    commit = commits.pop() if len(commits) == 1 else ""
    changes = " with changes" if commit.endswith("+") else ""
    return " to ".join(days) + (f", commit {commit.rstrip('+')}{changes}" if commit else "")


def day(date: str) -> str:
    read = datetime.fromisoformat(date)
    return f"{read.day} {read:%B %Y}"


def leg_to_show(proof: Proof) -> RecordedLeg | None:
    """The leg whose figures are shown: the newest Python, its default start method, the latest run."""
    with_output = [leg for leg in proof.passed if leg.output is not None]
    return max(with_output, key=lambda leg: (leg.place.version, leg.default, leg.date), default=None)


def measured(leg: RecordedLeg | None) -> str:
    """Where and when figures were measured."""
    if leg is None:
        return "Not measured here yet."
    words = [leg.machine, leg.place.name, started(leg.method, "start method "), leg.place.system, when([leg])]
    return "Measured on " + ", ".join(word for word in words if word) + "."
