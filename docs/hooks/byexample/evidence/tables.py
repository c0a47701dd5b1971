"""The evidence page, and a page of all runs for each page with examples; as HTML."""

import html
from collections.abc import Collection, Iterable, Mapping, Sequence

from ..pages.examples import Inline
from ..pages.places import START_METHODS, Place
from ..urls import relative
from .claims import browser, started
from .proofs import HOME, PageProofs, Proof
from .report import RecordedLeg, Reports
from .schema import IN_PAGE, INLINE, OWN

PAGE = "evidence.md"
PLACE_OF_TABLES = "<!-- evidence -->"
DATA = "evidence.csv"
SCRIPT = "assets/evidence.js"
FILTERS = '<script type="module" src="{}"></script>'

Starts = Mapping[Place, Mapping[str, bool]]  # the start methods that were seen on a Python → whether it was the default


def starts_seen(reports: Reports) -> Starts:
    """For each Python, the newest first, its start methods."""
    seen: dict[Place, dict[str, bool]] = {place: {} for place in reversed(reports.places)}
    for legs in reports.legs.values():
        for leg in legs:
            if leg.start in START_METHODS:
                seen[leg.place][leg.start] = leg.default
    return seen


# -- the overview --------------------------------------------------------------------------------------------------


def overview(pages: Sequence[PageProofs], reports: Reports) -> str:
    """How much ran on each Python, and of each page, with a link to all its runs."""
    if not reports.legs:
        return "<p>No example has been run here yet: there is no report.</p>"
    items = []
    for page in pages:
        commands = " ".join(proof.command for proof in page.proofs.values())
        items.append(f'<li data-commands="{html.escape(commands)}">{summary(page)}</li>')
    link = f'<p><a href="../{DATA}" download>Download every run as CSV</a></p>'
    table = by_python(pages, starts_seen(reports))
    return f'{table}{link}<ul class="proofs">{"".join(items)}</ul>{FILTERS.format(relative(SCRIPT, HOME))}'


def by_python(pages: Iterable[PageProofs], seen: Starts) -> str:
    """A row for each Python: how many legs passed and failed there with each start method."""
    columns = (*START_METHODS, "others")
    head = "".join(f'<th scope="col">{start}</th>' for start in columns)
    legs = [leg for page in pages for proof in page.proofs.values() for leg in proof.legs]
    rows = []
    for place, starts in seen.items():
        mine: dict[str, list[RecordedLeg]] = {}
        for leg in legs:
            if leg.place == place:
                mine.setdefault(leg.start if leg.start in START_METHODS else "others", []).append(leg)
        cells = "".join(tally(mine.get(start, []), starts.get(start, False)) for start in columns)
        rows.append(f'<tr><th scope="row">{python(place)}</th>{cells}</tr>')
    head = f'<thead><tr><th scope="col">Python</th>{head}</tr></thead>'
    return wide(f'<table class="legs">{head}<tbody>{"".join(rows)}</tbody></table>')


def wide(table: str) -> str:
    return f'<div class="md-typeset__scrollwrap">{table}</div>'


def tally(legs: Sequence[RecordedLeg], default: bool) -> str:
    passed, failed = outcomes(legs)
    words = f"{passed}" + (f", {failed} failed" if failed else "") if legs else "none"
    state = "failed" if failed else "passed" if passed else ""
    return f'<td class="{state}">{words}{" <small>default</small>" if default else ""}</td>'


def outcomes(legs: Sequence[RecordedLeg]) -> tuple[int, int]:
    """How many passed, and how many failed."""
    failed = sum(leg.outcome == "failed" for leg in legs)
    return len(legs) - failed, failed


def python(place: Place) -> str:
    return f"{html.escape(place.name)} <span>{html.escape(place.system)}</span>"


def summary(page: PageProofs) -> str:
    """A page's name, linked to its runs, and their number."""
    proofs = page.proofs.values()
    passed, failed = outcomes([leg for proof in proofs for leg in proof.legs])
    missing = sum(not proof.legs and not proof.skipped for proof in proofs)
    in_page = sum(bool(proof.ran_in_page) for proof in proofs)
    parts = [count(len(proofs), "example"), f"{count(passed, 'leg')} passed"]
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{in_page} {IN_PAGE}"] if in_page else []
    parts += [f"{count(missing, 'example')} not run"] if missing else []
    address = relative(page.evidence_url, HOME)
    return f'<a href="{address}">{html.escape(page.title)}</a> <span>{", ".join(parts)}</span>'


def count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")


# -- the runs of a page --------------------------------------------------------------------------------------------


def runs(page: PageProofs, seen: Starts) -> str:
    """Each example of a page × each leg."""
    here = page.evidence_url
    head = "".join(f'<th scope="col">{start}</th>' for start in (*START_METHODS, IN_PAGE))
    body = "".join(rows(page, proof, seen) for proof in page.proofs.values())
    home, there = relative(HOME, here), relative(page.url, here)
    table = f'<thead><tr><th scope="col">Python</th>{head}</tr></thead>{body}'
    return (
        f'<h1>Where each example ran</h1><p>The examples of <a href="{there}">{html.escape(page.title)}</a>: the time '
        f'of each run in seconds, or why there was none. <a href="{home}">All pages, and what the words mean</a></p>'
        + wide(f'<table class="legs runs">{table}</table>')
        + FILTERS.format(relative(SCRIPT, here))
    )


def rows(page: PageProofs, proof: Proof, seen: Starts) -> str:
    """A group of rows: the example's name, then a row for each Python."""
    link = relative(page.url, page.evidence_url) + "#" + proof.anchor
    note = f"Not run: {proof.skipped}" if proof.skipped else proof.restriction
    note = f" <small>{html.escape(note)}</small>" if note else ""
    name = f'<a href="{link}"><code>{html.escape(proof.command)}</code></a>{note}'
    state, lines, reason = outcome_in_page(proof)
    why = f" <small>{html.escape(reason)}</small>" if reason else ""
    in_page = f'<td class="page {state}" rowspan="{1 + len(seen)}">{"<br>".join(map(html.escape, lines))}{why}</td>'
    columns = 1 + len(START_METHODS)
    rows = [f'<tr class="name"><th colspan="{columns}" scope="rowgroup">{name}</th>{in_page}</tr>']
    for place, starts in seen.items():
        outcomes = outcomes_on(proof, place, starts)
        span = f' colspan="{len(START_METHODS)}"' if len(outcomes) == 1 else ""
        cells = "".join(f"<td{span}{css_class(leg)}>{html.escape(words)}</td>" for _, leg, words in outcomes)
        rows.append(f'<tr><th scope="row">{python(place)}</th>{cells}</tr>')
    return f'<tbody id="{proof.anchor}">{"".join(rows)}</tbody>'


def css_class(leg: RecordedLeg | None) -> str:
    return f' class="{leg.outcome}"' if leg else ""


def outcomes_on(proof: Proof, place: Place, starts: Collection[str]) -> list[tuple[str, RecordedLeg | None, str]]:
    """What became of an example on a Python: (start, leg, words) for each way to start, or once for all."""
    if proof.skipped:
        return [("", None, "skipped")]
    if not proof.speaks_for(place):
        return [("", None, "not applicable")]
    if isinstance(proof.example, Inline) or any(leg.start == OWN for leg in proof.legs):
        start = INLINE if isinstance(proof.example, Inline) else OWN
        leg = proof.leg(place, start)
        how = start if start == INLINE else how_it_starts(leg.method) if leg else ""
        return [(start, leg, f"{outcome(leg)}, {how}" if leg else "not run")]
    outcomes = []
    for start in START_METHODS:
        leg = proof.leg(place, start)
        if leg:
            words = outcome(leg)
        elif starts and (start not in starts or not proof.speaks_for(place, start)):
            words = "n/a"  # the system has no such method, or the transcript does not speak for it
        else:
            words = "not run"
        outcomes.append((start, leg, words))
    return outcomes


def how_it_starts(method: str) -> str:
    """A remark on a program that has no default start method."""
    words = started(method)
    return words if words != method else f"picks {method} itself"


def outcome_in_page(proof: Proof) -> tuple[str, list[str], str]:
    """What became of an example in the page: (state, a line of words, or one for each browser, reason)."""
    if proof.skipped or proof.why_no_button:
        return "without", ["not applicable"], proof.skipped or proof.why_no_button
    newest = {browser(leg): leg for leg in sorted(proof.runs, key=lambda leg: leg.date)}
    if not newest:
        return "missing", ["not run"], ""
    state = "failed" if any(leg.outcome == "failed" for leg in newest.values()) else "passed"
    return state, [f"{outcome(leg)} {name}" for name, leg in sorted(newest.items())], ""


def outcome(leg: RecordedLeg) -> str:
    time = "" if leg.seconds is None else f"{leg.seconds:.2f}"
    return f"failed {time}".strip() if leg.outcome == "failed" else time or "passed"
