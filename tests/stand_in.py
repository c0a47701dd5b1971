"""Has reports of an earlier run stand in for those that a run lacks, as far as they still prove something.

    python -m tests.stand_in EARLIER [REPORTS]

A runner may break, or a job run out of its time, and leave no report. Each leg keeps the date and the commit of its
run. Prints in Markdown which reports it took over. It replaces no new report, and takes over no failure.
"""

import argparse
from pathlib import Path

from byexample.build import read_all
from byexample.evidence.kept import stand_in
from byexample.evidence.proofs import run_digest
from byexample.evidence.report import project
from byexample.pages.digest import digests
from byexample.run_buttons import pyodide

from . import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.stand_in", description=__doc__.split("\n")[0])
    parser.add_argument("earlier", type=Path, help="the folder of the earlier run's reports")
    parser.add_argument("reports", type=Path, nargs="?", default=ROOT / "reports", help="the folder of this run's")
    arguments = parser.parse_args()
    print("\n".join(told(arguments.earlier, arguments.reports, current(ROOT))))
    return 0


def current(root: Path) -> dict[str, set[str]]:
    """The digests of all examples of each page, natively and in the page."""
    layer = pyodide.layer(root)
    found = {}
    for name, page in read_all(root).items():
        native = digests(page)
        found[name] = native | {run_digest(digest, layer) for digest in native}
    return found


def told(earlier: Path, reports: Path, digests: dict[str, set[str]], of: str = project(ROOT)) -> list[str]:
    """Fills the folder `reports`; a line for each report that it lacked."""
    lines = []
    for before in sorted(earlier.glob("*.xml")):
        if (reports / before.name).exists():
            continue
        dates = stand_in(before.read_bytes(), reports / before.name, of, digests)
        words = f"that of {min(dates)[:10]} stands in" if dates else "and the earlier one proves nothing any more"
        lines.append(f"- `{before.stem}` left no report, {words}.")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
