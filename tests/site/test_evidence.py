"""What the built site says of runs, with the report of a real run of two pages."""

import csv
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from .conftest import ROOT, build, built_before, left_as_it_was, without_notebooks

PAGE = "docs/answers/create-a-process.md"
RUNS = "evidence/answers/create-a-process"


def parsed(site: Path, page: str = "") -> BeautifulSoup:
    return BeautifulSoup((site / page / "index.html").read_text("utf-8"), "html.parser")


def lines(page: BeautifulSoup) -> list[str]:
    """What it says below each of its examples."""
    return [line.get_text() for line in page.select(".notes .ran")]


def test_the_recorded_run_is_drawn_and_told(site):
    page = parsed(site)
    drawn = page.select("figure.picture svg[role=img]")
    assert drawn
    for svg in drawn:
        story = svg.get("aria-label") or svg.select_one("title").get_text()
        assert "process" in story and any(character.isdigit() for character in story)
    assert "Python 3." in page.select_one("figure.picture").get_text()
    assert "..." not in page.select_one("details samp").get_text()
    assert re.match(r"Measured on .*, .* cores?, CPython 3", page.select_one("details .measured").get_text())
    assert re.match(r"Ran on CPython 3\..* · .* · \d+ \w+ 20\d\d.* · details$", lines(page)[0])


def test_every_example_is_in_the_table_and_in_the_data(site):
    page = parsed(site, RUNS)
    table = page.select_one("tbody#example-1")
    assert "python hello_process.py" in table.get_text() and table.select("td.passed")
    home = parsed(site, "answers/create-a-process")
    there = {"answers/create-a-process/": home, RUNS + "/": page}
    links = [("answers/create-a-process/", link) for link in home.select(".notes .ran a")]
    links += [(RUNS + "/", link) for link in page.select("tbody .name a")]
    assert len(links) > 20
    for url, link in links:
        target, _, anchor = urljoin(url, link["href"]).partition("#")
        assert there[target].find(id=anchor), link
    with (site / "evidence.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    passed = [row for row in rows if row["outcome"] == "passed"]
    assert {row["page"] for row in passed} == {"docs/index.md", PAGE}
    assert len([row for row in passed if row["page"] == PAGE]) == len(page.select("td.passed"))
    assert any(row["outcome"] in ("n/a", "not applicable") and row["reason"] for row in rows)
    assert any(row["outcome"] == "not run" for row in rows if row["page"] == "docs/answers/create-a-pool.md")
    overview = parsed(site, "evidence")
    assert sum(int(cell.get_text().split()[0]) for cell in overview.select("td.passed")) == len(passed)
    pages = {(site / "evidence" / link["href"]).resolve() for link in overview.select(".proofs a")}
    assert pages == {(site / "evidence" / where).resolve() for where in where_it_ran(rows)}
    assert all((page / "index.html").is_file() for page in pages)


def where_it_ran(rows: list[dict[str, str]]) -> set[str]:
    """The folder of each page's runs below evidence/."""
    pages = {row["page"].removeprefix("docs/").removesuffix(".md").removesuffix("index") for row in rows}
    return {page or "home" for page in pages}


def test_a_bad_report_leaves_the_built_site_as_it_was(copy, report):
    without_notebooks(copy)
    (copy / "reports").mkdir()
    (copy / "reports/run.xml").write_bytes(report.read_bytes()[: report.stat().st_size // 2])
    before = built_before(copy / "out")
    done = build(copy / "out", root=copy)
    assert done.returncode != 0
    assert "reports/run.xml is cut short" in done.stderr and "Traceback" not in done.stderr
    assert left_as_it_was(before)


def test_a_build_that_asks_for_it_fails_on_what_no_report_proves(copy, report):
    without_notebooks(copy)
    (copy / "reports").mkdir()
    shutil.copy(report, copy / "reports/run.xml")
    before = built_before(copy / "out")
    done = build(copy / "out", root=copy, EVIDENCE="required")
    assert done.returncode != 0 and left_as_it_was(before)
    assert "docs/answers/create-a-pool.md, example-1: python square_pool.py" in done.stderr
    examples, _, buttons = done.stderr.partition("no report proves these Run buttons (")
    assert "docs/answers/create-a-process.md, example-1: python hello_process.py" in buttons
    assert "docs/scale/" in examples and "docs/scale/" not in buttons  # its programs have no buttons
    assert "docs/index.md" not in examples and "Traceback" not in done.stderr


def test_the_publishing_workflow_requires_evidence():
    assert "EVIDENCE: required" in (ROOT / ".github/workflows/publish.yml").read_text("utf-8")


def test_the_runs_can_be_filtered(visit):
    page = visit(f"{RUNS}/#example-2", viewport={"width": 360, "height": 800})
    assert page.locator("tbody#example-2").is_visible()
    page.get_by_label("Example", exact=True).fill("no_guard")
    shown = page.locator(".runs tbody:visible .name")
    assert shown.count() >= 3
    assert all("no_guard.py" in text for text in shown.all_inner_texts())
    page.get_by_label("Outcome").select_option("failed")
    assert shown.count() == 0 and "0 rows of" in page.locator(".found").inner_text()


def test_pages_are_found_by_their_names_by_their_commands_and_by_what_was_not_run(visit):
    page = visit("evidence/")
    shown = page.locator(".proofs li:visible")
    everything = shown.count()
    for wanted, first in (
        ("hello_process.py", "How do you create a process?"),
        ("BrokenProcessPool: A", "BrokenProcessPool: A process"),
    ):
        page.get_by_label("Page", exact=True).fill(wanted)
        assert 1 <= shown.count() < everything and first in shown.first.inner_text()
        assert f"of {everything}" in page.locator(".found").inner_text()
    page.get_by_label("Page", exact=True).fill("not run")
    assert 1 < shown.count() < everything
