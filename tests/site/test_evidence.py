"""What the built page says of runs: only what a report of these very programs says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from .conftest import ROOT, build
from .test_build import copy, without_notebooks  # noqa: F401: a fixture


@pytest.fixture
def reported(copy: Path) -> Path:  # noqa: F811
    """A copy of the site with the report of a real run of its home page."""
    without_notebooks(copy)
    (copy / "pytest.ini").write_text("[pytest]\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.harness.plugin", "-p", "no:xdist", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "docs/index.md", "--junit-xml=reports/run.xml"],
        cwd=copy, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return copy


def home(root: Path) -> BeautifulSoup:
    done = build(root / "out", root=root)
    assert done.returncode == 0, done.stderr
    return BeautifulSoup((root / "out/index.html").read_text("utf-8"), "html.parser")


def test_the_recorded_run_is_drawn_and_told(reported):
    page = home(reported)
    drawn = page.select("figure.picture svg[role=img]")
    assert drawn
    for svg in drawn:
        story = svg.get("aria-label") or svg.select_one("title").get_text()
        assert "process" in story and any(character.isdigit() for character in story)
    assert "Python 3." in page.select_one("figure.picture").get_text()
    rows = page.select_one("details samp").get_text()
    assert "..." not in rows
    assert "Measured on" in page.select_one("details .measured").get_text()
    assert page.select_one("details .ran").get_text().startswith("Ran on CPython")


def test_a_report_of_another_program_is_no_evidence(reported):
    program = reported / "snippets/home/four_tasks.py"
    program.write_text(program.read_text("utf-8") + "\n# changed since\n", "utf-8")
    page = home(reported)
    assert not page.select("figure.picture svg")
    assert "Not run here yet." in page.select_one("details .ran").get_text()
    assert "Not measured here yet." in page.select_one("details .measured").get_text()


def test_a_leg_that_failed_is_no_evidence(reported):
    report = reported / "reports/run.xml"
    text = report.read_text("utf-8")
    assert "&quot;outcome&quot;: &quot;passed&quot;" in text
    report.write_text(text.replace("&quot;outcome&quot;: &quot;passed&quot;", "&quot;outcome&quot;: &quot;failed&quot;"), "utf-8")
    assert "Not run here yet." in home(reported).select_one("details .ran").get_text()


@pytest.mark.parametrize("cut", [10, 0.5])
def test_a_report_cut_short_fails_the_build_and_is_named(reported, cut):
    report = reported / "reports/run.xml"
    text = report.read_bytes()
    report.write_bytes(text[: cut if cut > 1 else int(len(text) * cut)])
    done = build(reported / "out", root=reported)
    assert done.returncode != 0
    assert "run.xml" in done.stderr
