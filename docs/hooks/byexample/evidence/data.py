"""All examples × legs as data, and what of them lacks evidence."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from .proofs import PageProofs, Proof
from .report import RecordedLeg, Reports
from .schema import IN_PAGE
from .tables import outcome_in_page, outcomes_on, starts_seen

COLUMNS = (
    *("page", "example", "command", "implementation", "python", "system", "start"),
    *("method", "default", "outcome", "seconds", "date", "commit", "machine", "reason"),
)
RUN_IN_PAGE = "pytest tests/site/in_the_page.py --junit-xml=reports/page.xml"


def data(pages: Iterable[PageProofs], reports: Reports) -> str:
    """CSV: a line for each example and leg, and for what did not run."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    seen = starts_seen(reports)
    for proof in (proof for page in pages for proof in page.proofs.values()):
        for place, starts in seen.items():
            for start, leg, words in outcomes_on(proof, place, starts):
                where = (place.implementation, place.python, place.system, start)
                ran = facts(leg) if leg else ("", "", words, "", "", "", "")
                reason = proof.skipped or ("" if leg else proof.restriction)
                table.writerow([proof.page, proof.anchor, proof.command, *where, *ran, reason])
        table.writerows(in_page(proof))
    return out.getvalue()


def facts(leg: RecordedLeg) -> tuple[object, ...]:
    """The columns from `method` to `machine`."""
    default = "yes" if leg.default else "no"
    return leg.method, default, leg.outcome, leg.seconds, leg.date, leg.commit, leg.machine


def in_page(proof: Proof) -> Iterator[Sequence[object]]:
    """The example's lines for runs in the page; one that says why there are none."""
    name = (proof.page, proof.anchor, proof.command)
    if proof.runs and not proof.why_no_button:
        for leg in proof.runs:
            place = leg.place
            yield *name, place.implementation, place.python, place.system, IN_PAGE, *facts(leg), ""
        return
    _, (words, *_), reason = outcome_in_page(proof)
    yield *name, "", "", "", IN_PAGE, "", "", words, "", "", "", "", reason


# -- what lacks evidence, by name ------------------------------------------------------------------------------------


def unproved(proofs: Iterable[Proof]) -> list[str]:
    """The examples that ran nowhere, and that say no reason; where they only failed, the page says so."""
    return [proof.name for proof in proofs if not proof.legs and not proof.skipped]


def unproved_runs(proofs: Iterable[Proof]) -> list[str]:
    """The programs with a Run button whose output no report proves."""
    return [proof.name for proof in proofs if not proof.skipped and not proof.why_no_button and not proof.ran_in_page]
