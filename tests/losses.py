"""Tells what failed in the reports, and what the site lost by it, as a table in Markdown.

python -m tests.losses >> "$GITHUB_STEP_SUMMARY"
"""

import argparse
import html
from collections.abc import Iterator
from pathlib import Path

from byexample.build import Build, read_all
from byexample.evidence.claims import native, when
from byexample.evidence.proofs import Proof
from byexample.evidence.report import RecordedLeg
from byexample.evidence.required import is_required
from byexample.run_buttons import pyodide

from . import ROOT

HEAD = ("| example | failed on | when | so the site | first difference |", "|---|---|---|---|---|")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.losses", description=__doc__.split("\n")[0])
    parser.add_argument("reports", type=Path, nargs="?", default=ROOT / "reports", help="the folder of the reports")
    print("\n".join(table(read(ROOT, parser.parse_args().reports))))
    return 0


def read(root: Path, reports: Path) -> Build:
    """A build with the proofs of all pages."""
    build = Build(root, pages=read_all(root), has_buttons=True, layer=pyodide.layer(root))
    build.read_reports(reports)
    for name, page in build.pages.items():
        if name.endswith(".md"):
            build.begin(name, name, page.text)
    return build


def table(build: Build) -> list[str]:
    """A row for each example that failed somewhere, with each difference that was seen."""
    rows = [row for page in build.proved_pages for proof in page.proofs.values() for row in rows_of(proof)]
    return [*HEAD, *rows] if rows else ["No example failed anywhere."]


def rows_of(proof: Proof) -> Iterator[str]:
    by_problem: dict[str, list[RecordedLeg]] = {}
    for leg in [*proof.failed, *(run for run in proof.runs if run.outcome == "failed")]:
        by_problem.setdefault(leg.problem or "", []).append(leg)
    for problem, legs in by_problem.items():
        lost = "is not published" if any(is_required(leg.place) for leg in legs) else "no longer claims these"
        changed = [line for line in problem.splitlines() if line.startswith(("-", "+"))] or problem.splitlines()[:1]
        cells = (proof.name, "; ".join(native(legs)), when(legs), lost, " ".join(changed[:2]))
        yield "| " + " | ".join(html.escape(cell).replace("|", "&#124;") for cell in cells) + " |"


if __name__ == "__main__":
    raise SystemExit(main())
