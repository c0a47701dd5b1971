"""What the reports prove: the quiet line under each example, the evidence page, and the same as data."""

import csv
import html
import io
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mkdocs.utils import get_relative_url
from packaging.specifiers import SpecifierSet
from report import GIL, IN_PAGE, START_METHODS, SYSTEMS, Leg, Place, Reports

PAGE = "evidence.md"
HOME = "evidence/"  # its address
PLACE_OF_TABLES = "<!-- evidence -->"
DATA = "evidence.csv"
RUN_IN_PAGE = "pytest tests/site/in_the_page.py --junit-xml=reports/page.xml"
COLUMNS = (
    "page",
    "example",
    "command",
    "implementation",
    "python",
    "system",
    "start",
    "method",
    "default",
    "outcome",
    "seconds",
    "date",
    "commit",
    "machine",
    "reason",
)


@dataclass(frozen=True)
class Scope:
    """The legs that a transcript speaks for; another one of the same command has the others."""

    start: tuple[str, ...] = START_METHODS
    python: SpecifierSet = SpecifierSet()
    system: tuple[str, ...] = SYSTEMS
    gil: tuple[str, ...] = GIL

    def has(self, place: Place, method: str | None = None) -> bool:
        """Whether it speaks for this Python, and for this start method there."""
        starts = method not in START_METHODS or method in self.start
        build = place.system in self.system and place.gil in self.gil
        return starts and build and self.python.contains(place.python, prereleases=True)


@dataclass(frozen=True)
class Example:
    """A transcript or an inline block of a page, with its legs and what it speaks for."""

    page: str  # docs/answers/create-a-pool.md
    url: str
    title: str  # of the page
    anchor: str  # of the example on its page
    command: str  # or the first line of an inline block
    restriction: str  # the legs that it speaks for, in words; empty if all
    scope: Scope
    legs: tuple[Leg, ...]
    skipped: str | None  # the reason
    inline: bool
    runs: tuple[Leg, ...]  # in the page
    excuse: str  # why no Run button is to show it; empty if one is

    @property
    def name(self) -> str:
        """For messages."""
        return f"{self.page}, {self.anchor}: {self.command}"

    @property
    def proof_url(self) -> str:
        """The address of all runs of its page; each example has the same anchor there."""
        return HOME + (self.url or "home/")

    @property
    def passed(self) -> list[Leg]:
        return [leg for leg in self.legs if leg.outcome == "passed"]

    @property
    def ran_in_page(self) -> list[Leg]:
        return [leg for leg in self.runs if leg.outcome == "passed" and not self.excuse]

    def leg(self, place: Place, start: str) -> Leg | None:
        return next((leg for leg in self.legs if leg.place == place and leg.start == start), None)


# -- under each example ------------------------------------------------------------------------------------------


def line(example: Example, page_url: str) -> str:
    """Where it ran, when, and a link to the details; as HTML."""
    legs, in_page = example.passed, example.ran_in_page
    if not legs and not in_page:
        return "Not run here yet."
    where = [
        "; ".join(native(legs)),
        "in the page with " + ", ".join(sorted(set(map(browser, in_page)))) if in_page else "",
        when([*legs, *in_page]),
    ]
    link = get_relative_url(example.proof_url, page_url) + "#" + example.anchor
    return f'<b>Ran</b> on {html.escape(" · ".join(filter(None, where)))} · <a href="{link}">details</a>'


def native(legs: list[Leg]) -> list[str]:
    """Pythons · start methods · systems: as few such groups as there can be that name no combination that did not run."""
    by_system: dict[str, set[tuple[Place, str]]] = {}
    for leg in legs:
        by_system.setdefault(leg.place.system, set()).add((replace(leg.place, system=""), leg.method))
    systems: dict[frozenset, list[str]] = {}
    for system, pairs in sorted(by_system.items(), key=lambda item: position(item[0], SYSTEMS)):
        systems.setdefault(frozenset(pairs), []).append(system)
    groups = []
    for pairs, alike in systems.items():
        methods: dict[Place, set[str]] = {}
        for place, method in pairs:
            methods.setdefault(place, set()).add(method)
        pythons: dict[tuple[str, ...], list[Place]] = {}
        for place in sorted(methods, key=lambda place: (place.implementation, place.version)):
            pythons.setdefault(
                tuple(sorted(methods[place], key=lambda method: position(method, START_METHODS))), []
            ).append(place)
        groups += [(numbers(places), ", ".join(map(started, ran)), ", ".join(alike)) for ran, places in pythons.items()]
    return [
        " · ".join(group[0 if at == 0 or group[0] != groups[at - 1][0] else 1 :]) for at, group in enumerate(groups)
    ]


def position(name: str, known: tuple[str, ...]) -> tuple[int, str]:
    """To sort by: those that are known in their order, then others."""
    return (known.index(name) if name in known else len(known), name)


def numbers(places: list[Place]) -> str:
    """CPython 3.11.7, 3.12.1"""
    found: dict[str, list[str]] = {}
    for place in places:
        found.setdefault(place.implementation, []).append(place.python)
    return ", ".join(f"{name} " + ", ".join(dict.fromkeys(versions)) for name, versions in found.items())


def browser(leg: Leg) -> str:
    """A browser by its name and release: its first number, or two where releases are counted so."""
    name, numbers = leg.place.system.split(" ", 1)
    return f"{name} {'.'.join(numbers.split('.')[: 2 if name == 'WebKit' else 1])}"


def started(method: str, before: str = "") -> str:
    """A start method's name, with words before it; or which package started the processes in a way of its own."""
    if method == "inline":
        return "inline, on the Python of the tests"
    own = method in START_METHODS or " and " in method or method == "its own"
    return before + method if own else f"started by {method}"


def itself(method: str) -> str:
    """The same as a remark on a program that has no default start method."""
    words = started(method)
    return words if words != method else f"picks {method} itself"


def when(legs: list[Leg]) -> str:
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


def best(example: Example) -> Leg | None:
    """The leg whose figures are shown: the newest Python, its default start method, the latest run."""
    with_output = [leg for leg in example.passed if leg.output is not None]
    return max(with_output, key=lambda leg: (leg.place.version, leg.default, leg.date), default=None)


def measured(leg: Leg | None) -> str:
    """Where and when figures were measured."""
    if leg is None:
        return "Not measured here yet."
    words = [
        leg.machine,
        f"{leg.place.implementation} {leg.place.python}",
        started(leg.method, "start method "),
        leg.place.system,
    ]
    return "Measured on " + ", ".join(word for word in [*words, when([leg])] if word) + "."


# -- the evidence page, and one for each page with examples ---------------------------------------------------------


def overview(examples: list[Example], reports: Reports) -> str:
    """How much ran on each Python, and of each page, with a link to all its runs; as HTML."""
    if not reports.legs:
        return "<p>No example has been run here yet: there is no report.</p>"
    found = "".join(
        f'<li data-commands="{html.escape(" ".join(one.command for one in mine))}">{summary(mine)}</li>'
        for mine in by_page(examples)
    )
    link = f'<p><a href="../{DATA}" download>Download every run as CSV</a></p>'
    return f'{by_python(examples, methods(reports))}{link}<ul class="proofs">{found}</ul>{FILTERS.format(get_relative_url(SCRIPT, HOME))}'


SCRIPT = "assets/evidence.js"
FILTERS = '<script type="module" src="{}"></script>'


def by_page(examples: list[Example]) -> list[list[Example]]:
    pages: dict[str, list[Example]] = {}
    for example in examples:
        pages.setdefault(example.page, []).append(example)
    return list(pages.values())


def methods(reports: Reports) -> dict[Place, dict[str, bool]]:
    """For each Python, the newest first, the start methods that were seen there → whether it was the default."""
    known: dict[Place, dict[str, bool]] = {place: {} for place in reversed(reports.places)}
    for legs in reports.legs.values():
        for leg in legs:
            if leg.start in START_METHODS:
                known[leg.place][leg.start] = leg.default
    return known


def by_python(examples: list[Example], known: dict[Place, dict[str, bool]]) -> str:
    """A row for each Python: how many legs passed and failed there with each start method."""
    head = "".join(f'<th scope="col">{start}</th>' for start in (*START_METHODS, "others"))
    rows = []
    for place, starts in known.items():
        mine: dict[str, list[Leg]] = {}
        for leg in (leg for example in examples for leg in example.legs if leg.place == place):
            mine.setdefault(leg.start if leg.start in START_METHODS else "others", []).append(leg)
        cells = "".join(tally(mine.get(start, []), starts.get(start, False)) for start in (*START_METHODS, "others"))
        rows.append(f'<tr><th scope="row">{python(place)}</th>{cells}</tr>')
    return wide(
        f'<table class="legs"><thead><tr><th scope="col">Python</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def wide(table: str) -> str:
    return f'<div class="md-typeset__scrollwrap">{table}</div>'


def tally(legs: list[Leg], default: bool) -> str:
    passed, failed = outcomes(legs)
    words = f"{passed}" + (f", {failed} failed" if failed else "") if legs else "none"
    state = "failed" if failed else "passed" if passed else ""
    return f'<td class="{state}">{words}{" <small>default</small>" if default else ""}</td>'


def outcomes(legs: list[Leg]) -> tuple[int, int]:
    """How many passed, and how many failed."""
    failed = sum(leg.outcome == "failed" for leg in legs)
    return len(legs) - failed, failed


def python(place: Place) -> str:
    return f"{place.implementation} {place.python} <span>{place.system}</span>"


def summary(examples: list[Example]) -> str:
    """A page's name, linked to its runs, and their number."""
    passed, failed = outcomes([leg for example in examples for leg in example.legs])
    missing = sum(not example.legs and not example.skipped for example in examples)
    in_page = sum(bool(example.ran_in_page) for example in examples)
    sums = f"{count(len(examples), 'example')}, {count(passed, 'leg')} passed"
    sums += f", {failed} failed" if failed else ""
    sums += f", {in_page} {IN_PAGE}" if in_page else ""
    sums += f", {count(missing, 'example')} not run" if missing else ""
    address = get_relative_url(examples[0].proof_url, HOME)
    return f'<a href="{address}">{html.escape(examples[0].title)}</a> <span>{sums}</span>'


def runs(examples: list[Example], known: dict[Place, dict[str, bool]]) -> str:
    """Each example of one page × each leg; as HTML. `known` is as from methods()."""
    page, here = examples[0], examples[0].proof_url
    head = "".join(f'<th scope="col">{start}</th>' for start in (*START_METHODS, IN_PAGE))
    body = "".join(rows(example, known) for example in examples)
    home, there = get_relative_url(HOME, here), get_relative_url(page.url, here)
    return (
        f'<h1>Where each example ran</h1><p>The examples of <a href="{there}">{html.escape(page.title)}</a>: the time of each run in seconds, or why '
        f'there was none. <a href="{home}">All pages, and what the words mean</a></p>'
        + wide(f'<table class="legs runs"><thead><tr><th scope="col">Python</th>{head}</tr></thead>{body}</table>')
        + FILTERS.format(get_relative_url(SCRIPT, here))
    )


def count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")


def rows(example: Example, known: dict[Place, dict[str, bool]]) -> str:
    """A group of rows: the example's name, then a row for each Python."""
    link = get_relative_url(example.url, example.proof_url) + "#" + example.anchor
    note = f"Not run: {example.skipped}" if example.skipped else example.restriction
    note = f" <small>{html.escape(note)}</small>" if note else ""
    name = f'<a href="{link}"><code>{html.escape(example.command)}</code></a>{note}'
    state, lines, reason = fate_in_page(example)
    why = f" <small>{html.escape(reason)}</small>" if reason else ""
    page = f'<td class="page {state}" rowspan="{1 + len(known)}">{"<br>".join(map(html.escape, lines))}{why}</td>'
    shown = [f'<tr class="name"><th colspan="{1 + len(START_METHODS)}" scope="rowgroup">{name}</th>{page}</tr>']
    for place, starts in known.items():
        told = fates(example, place, starts)
        wide = f' colspan="{len(START_METHODS)}"' if len(told) == 1 else ""
        cells = "".join(f"<td{wide}{kind(leg)}>{html.escape(said)}</td>" for _, leg, said in told)
        shown.append(f'<tr><th scope="row">{python(place)}</th>{cells}</tr>')
    return f'<tbody id="{example.anchor}">{"".join(shown)}</tbody>'


def kind(leg: Leg | None) -> str:
    return f' class="{leg.outcome}"' if leg else ""


def fates(example: Example, place: Place, starts: Collection[str]) -> list[tuple[str, Leg | None, str]]:
    """What became of an example on a Python: (start, leg, words) for each way to start, or one for all."""
    if example.skipped:
        return [("", None, "skipped")]
    if not example.scope.has(place):
        return [("", None, "not applicable")]
    if example.inline or any(leg.start == "its own" for leg in example.legs):
        start = "inline" if example.inline else "its own"
        leg = example.leg(place, start)
        return [
            (start, leg, f"{outcome(leg)}, {start if example.inline else itself(leg.method)}" if leg else "not run")
        ]
    told = []
    for start in START_METHODS:
        leg = example.leg(place, start)
        if leg:
            words = outcome(leg)
        elif starts and (start not in starts or not example.scope.has(place, start)):
            words = "n/a"  # the system has no such method, or the transcript does not speak for it
        else:
            words = "not run"
        told.append((start, leg, words))
    return told


def fate_in_page(example: Example) -> tuple[str, list[str], str]:
    """What became of an example in the page: (state, a line of words, or one for each browser, reason)."""
    if example.skipped or example.excuse:
        return "without", ["not applicable"], example.skipped or example.excuse
    newest = {browser(leg): leg for leg in sorted(example.runs, key=lambda leg: leg.date)}
    if not newest:
        return "missing", ["not run"], ""
    state = "failed" if any(leg.outcome == "failed" for leg in newest.values()) else "passed"
    return state, [f"{outcome(leg)} {name}" for name, leg in sorted(newest.items())], ""


def outcome(leg: Leg) -> str:
    time = "" if leg.seconds is None else f"{leg.seconds:.2f}"
    return f"failed {time}".strip() if leg.outcome == "failed" else time or "passed"


def data(examples: list[Example], reports: Reports) -> str:
    """All examples × legs as CSV, a line each, with what did not run."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    known = methods(reports)
    for example in examples:
        for place, starts in known.items():
            for start, leg, words in fates(example, place, starts):
                where = (
                    example.page,
                    example.anchor,
                    example.command,
                    place.implementation,
                    place.python,
                    place.system,
                    start,
                )
                ran = ("", "", words, "", "", "", "")
                if leg:
                    ran = (leg.method, yes(leg.default), leg.outcome, leg.seconds, leg.date, leg.commit, leg.machine)
                reason = example.skipped or ("" if leg else example.restriction)
                table.writerow([*where, *ran, reason])
        table.writerows(data_in_page(example))
    return out.getvalue()


def yes(flag: bool) -> str:
    return "yes" if flag else "no"


def data_in_page(example: Example) -> list[tuple]:
    """The example's lines for runs in the page; one that says why there are none."""
    where = (example.page, example.anchor, example.command)
    if example.runs and not example.excuse:
        return [
            (
                *where,
                leg.place.implementation,
                leg.place.python,
                leg.place.system,
                IN_PAGE,
                leg.method,
                yes(leg.default),
                leg.outcome,
                leg.seconds,
                leg.date,
                leg.commit,
                leg.machine,
                "",
            )
            for leg in example.runs
        ]
    _, (words, *_), reason = fate_in_page(example)
    return [(*where, "", "", "", IN_PAGE, "", "", words, "", "", "", "", reason)]


def unproved_runs(examples: list[Example]) -> list[str]:
    """The programs with a Run button whose output no report proves."""
    return [one.name for one in examples if not one.skipped and not one.excuse and not one.ran_in_page]


def unproved(examples: list[Example]) -> list[str]:
    """The examples that no leg proved, and that say no reason."""
    return [one.name for one in examples if not one.passed and not one.skipped]


def failed(examples: list[Example]) -> list[str]:
    """The examples with a leg that failed."""
    return [one.name for one in examples if any(leg.outcome == "failed" for leg in (*one.legs, *one.runs))]


def canonical(options: Mapping[str, str | None]) -> str:
    """A transcript's attributes as they are part of its digest."""
    return json.dumps(dict(sorted(options.items())))
