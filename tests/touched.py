"""Runs the tests of what differs from another commit: the pages, those that show a program, and the harness.

    python -m tests.touched COMMIT

An answer for a pull request within minutes; the workflows run all the rest.
"""

import argparse
import subprocess
import sys
from collections.abc import Collection, Iterable

import pytest
from byexample.build import read_all
from byexample.pages.examples import Page
from byexample.pages.files import APART

from . import ROOT

HARNESS = ("docs/hooks/", "docs/assets/", "docs/theme/")
TESTS = ("tests", "--ignore=tests/site")  # without those of the built site, which take minutes


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.touched", description=__doc__.split("\n")[0])
    parser.add_argument("commit", help="where the work began, e.g. origin/main")
    commit = parser.parse_args().commit
    git = ["git", "diff", "--name-only", "--no-renames", "-z", "--end-of-options", f"{commit}...HEAD"]
    done = subprocess.run(git, cwd=ROOT, capture_output=True, encoding="utf-8")
    if done.returncode:
        parser.error(f"git cannot compare with {commit}: {done.stderr.strip()}")
    chosen = arguments(done.stdout.split("\0")[:-1], read_all(ROOT).values())
    print("pytest", *chosen)
    return pytest.main(chosen) if chosen else 0


def arguments(names: Collection[str], pages: Iterable[Page]) -> list[str]:
    """What to give to pytest for files of these names; empty if no test is about them."""
    found = [page.name for page in pages if touches(page, names) and not page.name.startswith(APART)]
    more = any(not name.startswith(("docs/", "snippets/")) or name.startswith(HARNESS) for name in names)
    return sorted(found) + list(TESTS) * more


def touches(page: Page, names: Collection[str]) -> bool:
    mine = {page.name, *(f"snippets/{program.path}" for program in page.programs)}
    return not mine.isdisjoint(names)


if __name__ == "__main__":
    sys.exit(main())
