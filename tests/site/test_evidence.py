"""What the built site says of runs: only what a report of these very examples says."""

import csv
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from byexample.run_buttons import pyodide

from ..live import Verdict, example, proof
from .conftest import ROOT, build, report_of
from .test_build import append, without_notebooks
from .theme import module

PAGE = "docs/answers/create-a-process.md"
RUNS = "evidence/answers/create-a-process"


@pytest.fixture
def reported(copy: Path, report: Path) -> Path:
    """A copy of the site with the report of a real run of two pages."""
    without_notebooks(copy)
    (copy / "reports").mkdir()
    shutil.copy(report, copy / "reports/run.xml")
    return copy


def built(root: Path, page: str = "") -> BeautifulSoup:
    """A page of the site as it is built now."""
    done = build(root / "out", root=root)
    assert done.returncode == 0, done.stderr
    return parsed(root, page)


def parsed(root: Path, page: str) -> BeautifulSoup:
    return BeautifulSoup((root / "out" / page / "index.html").read_text("utf-8"), "html.parser")


def lines(page: BeautifulSoup) -> list[str]:
    """What it says below each of its examples."""
    return [line.get_text() for line in page.select(".notes .ran")]


def test_the_recorded_run_is_drawn_and_told(reported):
    page = built(reported)
    drawn = page.select("figure.picture svg[role=img]")
    assert drawn
    for svg in drawn:
        story = svg.get("aria-label") or svg.select_one("title").get_text()
        assert "process" in story and any(character.isdigit() for character in story)
    assert "Python 3." in page.select_one("figure.picture").get_text()
    assert "..." not in page.select_one("details samp").get_text()
    assert re.match(r"Measured on .*, .* cores?, CPython 3", page.select_one("details .measured").get_text())
    assert re.match(r"Ran on CPython 3\..* · .* · \d+ \w+ 20\d\d.* · details$", lines(page)[0])


def test_every_example_is_in_the_table_and_in_the_data(reported):
    page = built(reported, RUNS)
    table = page.select_one("tbody#example-1")
    assert "python hello_process.py" in table.get_text() and table.select("td.passed")
    home = parsed(reported, "answers/create-a-process")
    there = {"answers/create-a-process/": home, RUNS + "/": page}
    links = [("answers/create-a-process/", link) for link in home.select(".notes .ran a")]
    links += [(RUNS + "/", link) for link in page.select("tbody .name a")]
    assert len(links) > 20
    for url, link in links:
        target, _, anchor = urljoin(url, link["href"]).partition("#")
        assert there[target].find(id=anchor), link
    with (reported / "out/evidence.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    passed = [row for row in rows if row["outcome"] == "passed"]
    assert {row["page"] for row in passed} == {"docs/index.md", PAGE}
    assert len([row for row in passed if row["page"] == PAGE]) == len(page.select("td.passed"))
    assert any(row["outcome"] in ("n/a", "not applicable") and row["reason"] for row in rows)
    assert any(row["outcome"] == "not run" for row in rows if row["page"] == "docs/answers/create-a-pool.md")
    overview = parsed(reported, "evidence")
    assert sum(int(cell.get_text().split()[0]) for cell in overview.select("td.passed")) == len(passed)
    pages = {(reported / "out/evidence" / link["href"]).resolve() for link in overview.select(".proofs a")}
    assert pages == {(reported / "out" / "evidence" / where).resolve() for where in where_it_ran(rows)}
    assert all((page / "index.html").is_file() for page in pages)


def where_it_ran(rows: list[dict[str, str]]) -> set[str]:
    """The folder of each page's runs below evidence/."""
    pages = {row["page"].removeprefix("docs/").removesuffix(".md").removesuffix("index") for row in rows}
    return {page or "home" for page in pages}


def test_without_one_leg_s_report_exactly_its_claims_are_gone(reported):
    mine = (reported / "reports/run.xml").read_text("utf-8")
    version = re.search(r"&quot;python&quot;: &quot;([\d.]+)&quot;", mine)[1]
    other = mine.replace(f"&quot;{version}&quot;", "&quot;3.11.99&quot;")
    (reported / "reports/other.xml").write_text(other, "utf-8")
    both = lines(built(reported, "answers/create-a-process"))
    assert f"CPython {version}, 3.11.99" in both[0] or f"CPython 3.11.99, {version}" in both[0]
    (reported / "reports/other.xml").unlink()
    one = lines(built(reported, "answers/create-a-process"))
    assert one == [re.sub(r"(, )?3\.11\.99(, (?=3))?", "", line) for line in both]


def test_a_report_of_another_program_is_no_evidence(reported):
    append(reported / "snippets/home/four_tasks.py", "\n# changed since\n")
    page = built(reported)
    assert not page.select("figure.picture svg")
    assert lines(page) == ["Not run here yet."]
    assert "Not measured here yet." in page.select_one("details .measured").get_text()


def test_a_transcript_that_was_edited_since_is_not_proved(reported):
    page = reported / PAGE
    before = lines(built(reported, "answers/create-a-process"))
    page.write_text(page.read_text("utf-8").replace("returns: 0", "returns: 1"), "utf-8")
    after = lines(built(reported, "answers/create-a-process"))
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ["Not run here yet."]


def test_a_leg_that_failed_is_no_evidence(reported):
    report = reported / "reports/run.xml"
    text = report.read_text("utf-8")
    assert "&quot;outcome&quot;: &quot;passed&quot;" in text
    report.write_text(
        text.replace("&quot;outcome&quot;: &quot;passed&quot;", "&quot;outcome&quot;: &quot;failed&quot;"), "utf-8"
    )
    assert set(lines(built(reported))) == {"Not run here yet."}
    assert "failed" in built(reported, "evidence/home").select_one("tbody#example-1").get_text()
    overview = parsed(reported, "evidence")
    assert overview.select("table td.failed") and not overview.select("table td.passed")
    assert re.search(r"0 legs passed, \d+ failed", overview.select_one(".proofs").get_text())


def test_without_a_report_nothing_is_claimed(copy):
    without_notebooks(copy)
    assert set(lines(built(copy, "answers/create-a-process"))) == {"Not run here yet."}
    assert "there is no report" in parsed(copy, "evidence").get_text()
    assert not [path for path in (copy / "out/evidence").iterdir() if path.is_dir()]


def cut_short(report: Path) -> str:
    report.write_bytes(report.read_bytes()[: report.stat().st_size // 2])
    return "cut short"


def empty(report: Path) -> str:
    report.write_bytes(b"")
    return "cut short"


def another_project(report: Path) -> str:
    text = report.read_text("utf-8")
    report.write_text(text.replace('value="multiprocessing-by-example"', 'value="elsewhere"'), "utf-8")
    return "a report of elsewhere, not of multiprocessing-by-example"


def no_report_of_ours(report: Path) -> str:
    report.write_text('<testsuites><testsuite name="x"><testcase name="y"/></testsuite></testsuites>', "utf-8")
    return "a report of another project"


def no_junit(report: Path) -> str:
    report.write_text("<html></html>", "utf-8")
    return "no JUnit report"


def unknown_example(report: Path) -> str:
    report.write_text(report.read_text("utf-8").replace(PAGE, "docs/answers/gone.md"), "utf-8")
    return "docs/answers/gone.md, which is not here"


def unknown_command(report: Path) -> str:
    report.write_text(report.read_text("utf-8").replace("python hello_process.py", "python gone.py"), "utf-8")
    return f"`python gone.py`, which {PAGE} does not have"


def broken_leg(report: Path) -> str:
    text = report.read_text("utf-8")
    report.write_text(text.replace("&quot;system&quot;", "&quot;sistem&quot;", 1), "utf-8")
    return "not as our pytest writes it"


def no_date(report: Path) -> str:
    report.write_text(report.read_text("utf-8").replace(" timestamp=", " time-stamp="), "utf-8")
    return "not as our pytest writes it"


def neither_passed_nor_failed(report: Path) -> str:
    text = report.read_text("utf-8")
    report.write_text(
        text.replace("&quot;outcome&quot;: &quot;passed&quot;", "&quot;outcome&quot;: &quot;done&quot;", 1), "utf-8"
    )
    return "outcome 'done'"


def disagreeing(report: Path) -> str:
    text = report.read_text("utf-8").replace(
        "&quot;outcome&quot;: &quot;passed&quot;", "&quot;outcome&quot;: &quot;failed&quot;", 1
    )
    (report.parent / "second.xml").write_text(text, "utf-8")
    return "reports/run.xml and reports/second.xml disagree"


@pytest.mark.parametrize(
    "sabotage",
    [
        cut_short,
        empty,
        another_project,
        no_report_of_ours,
        no_junit,
        unknown_example,
        unknown_command,
        broken_leg,
        no_date,
        neither_passed_nor_failed,
        disagreeing,
    ],
)
def test_a_bad_report_is_named_and_the_built_site_is_left_as_it_was(reported, sabotage):
    (reported / "out").mkdir()
    (reported / "out/index.html").write_text("built before", "utf-8")
    said = sabotage(reported / "reports/run.xml")
    done = build(reported / "out", root=reported)
    assert done.returncode != 0
    assert "reports/run.xml" in done.stderr and said in done.stderr
    assert "Traceback" not in done.stderr
    assert (reported / "out/index.html").read_text("utf-8") == "built before"


def test_a_console_session_of_python_has_its_evidence(reported):
    before = lines(built(reported, "answers/create-a-process"))
    append(reported / PAGE, "\n```pycon\n>>> 1 + 1\n2\n```\n")
    report_of(reported, reported / "reports/run.xml", PAGE)
    page = built(reported, "answers/create-a-process")
    assert (
        "inline, on the Python of the tests" in lines(page)[-1]
        and ">>> 1 + 1" in page.select_one(f"#example-{len(lines(page))}").get_text()
    )
    assert [line == "Not run here yet." for line in lines(page)] == [line == "Not run here yet." for line in before] + [
        False
    ]
    assert ">>> 1 + 1\n2" in (reported / "out/answers/create-a-process/index.md").read_text("utf-8")


def leg(
    python: str,
    method: str,
    system: str = "Linux",
    implementation: str = "CPython",
    commit: str = "0123",
    date: str = "2026-11-27T10:00:00",
):
    report = module("report")
    place = report.Place(implementation, python, system)
    return report.Leg(place, method, method, False, "passed", 0.1, None, "", commit, date)


def legs(pythons: str, methods: str, *where: str):
    return [leg(python, method, *where) for python in pythons.split() for method in methods.split()]


@pytest.mark.parametrize(
    "ran, said",
    [
        (legs("3.14.2 3.11.7", "spawn fork"), ["CPython 3.11.7, 3.14.2 · fork, spawn · Linux"]),
        (
            legs("3.11.7", "fork spawn") + legs("3.14.2", "spawn"),
            ["CPython 3.11.7 · fork, spawn · Linux", "CPython 3.14.2 · spawn · Linux"],
        ),
        (
            legs("3.11.7 3.14.2", "spawn", "Windows")
            + legs("3.11.7 3.14.2", "fork spawn", "macOS")
            + legs("3.11.7 3.14.2", "fork spawn"),
            ["CPython 3.11.7, 3.14.2 · fork, spawn · Linux, macOS", "spawn · Windows"],
        ),
        (
            legs("3.14.2", "spawn") + legs("3.14.3", "spawn", "macOS"),
            ["CPython 3.14.2 · spawn · Linux", "CPython 3.14.3 · spawn · macOS"],
        ),
        (
            legs("3.14.2", "spawn") + legs("3.14.2", "spawn", "Linux", "CPython free-threaded"),
            ["CPython 3.14.2, CPython free-threaded 3.14.2 · spawn · Linux"],
        ),
    ],
)
def test_no_combination_is_named_that_did_not_run(ran, said):
    assert module("evidence").native(ran) == said


def test_a_commit_is_named_where_all_ran_at_it():
    when = module("evidence").when
    assert when(legs("3.11.7", "fork spawn")) == "27 November 2026, commit 0123"
    other = leg("3.14.2", "fork", commit="4567", date="2026-11-29T10:00:00")
    assert when([other, *legs("3.11.7", "fork spawn")]) == "27 November 2026 to 29 November 2026"
    assert when([leg("3.14.2", "fork", commit="4567+")]) == "27 November 2026, commit 4567 with changes"


def test_processes_that_a_package_started_are_told_so(reported):
    report = reported / "reports/run.xml"
    text = report.read_text("utf-8")
    # as if the page's first example were a program of Ray
    (reported / "reports/run.xml").write_text(
        re.sub(r"(&quot;|')method\1: \1\w+\1", r"\1method\1: \1ray\1", text), "utf-8"
    )
    assert all("· started by ray ·" in line for line in lines(built(reported, "answers/create-a-process"))[:2])


def test_a_build_that_asks_for_it_fails_on_an_example_that_no_report_proves(reported):
    done = build(reported / "out", root=reported, EVIDENCE="examples")
    assert done.returncode != 0
    assert "docs/answers/create-a-pool.md, example-1: python square_pool.py" in done.stderr
    assert "docs/scale/ray.md, example-1: python square_ray.py" in done.stderr  # plain pytest leaves it out
    assert "docs/index.md" not in done.stderr and "these examples failed" not in done.stderr


def test_a_build_that_asks_for_it_fails_on_an_example_that_failed_on_one_leg(reported):
    report = reported / "reports/run.xml"
    passed = "&quot;outcome&quot;: &quot;passed&quot;"
    report.write_text(report.read_text("utf-8").replace(passed, passed.replace("passed", "failed"), 1), "utf-8")
    done = build(reported / "out", root=reported, EVIDENCE="examples")
    assert done.returncode != 0
    assert re.search(r"these examples failed:\n  docs/\S+, example-\d+: python \w+\.py", done.stderr)


# -- in the page -------------------------------------------------------------------------------------------------

BROWSER = "Chromium 156.0.1.2"
BROWSERS = [BROWSER, "Firefox 153.4", "WebKit 2.54.2"]
IN_PAGE = "in the page with Chromium 156, Firefox 153, WebKit 2.54"


def page_report(folder: Path, native: Path, *cases: list[tuple[str, str]]) -> Path:
    """A report with the head of the native one and with cases of these properties, as in_the_page.py leaves it."""
    root = ElementTree.parse(native)
    suite = root.getroot().find("testsuite")
    for case in suite.findall("testcase"):
        suite.remove(case)
    for properties in cases:
        of = ElementTree.SubElement(ElementTree.SubElement(suite, "testcase", name="ran"), "properties")
        for name, value in properties:
            ElementTree.SubElement(of, "property", name=name, value=value)
    root.write(folder / "page.xml", "utf-8")
    return folder / "page.xml"


def ran_in_page(anchor: str, outcome: str = "runs", browser: str = BROWSER) -> list[tuple[str, str]]:
    """The properties of a program of PAGE that ran in the page."""
    transcript = example(ROOT / PAGE, anchor)
    return proof(
        Verdict(PAGE.removeprefix("docs/"), transcript.command.program, outcome, "", transcript, 0.25),
        browser,
        pyodide.layer(ROOT),
    )


def cell(page: BeautifulSoup, anchor: str) -> str:
    return page.select_one(f"tbody#{anchor} td.page").get_text("; ")


def test_what_ran_in_the_page_is_claimed_and_nothing_else(reported):
    without = lines(built(reported, "answers/create-a-process"))
    assert IN_PAGE not in "".join(without)
    another = [(name, "0123456789abcdef" if name == "digest" else value) for name, value in ran_in_page("example-3")]
    thrice = [ran_in_page("example-1", browser=browser) for browser in BROWSERS]
    page_report(
        reported / "reports", reported / "reports/run.xml", *thrice, ran_in_page("example-2", "differs"), another
    )
    with_page = lines(built(reported, "answers/create-a-process"))
    assert (
        with_page[0]
        == without[0].replace(" · details", "").rsplit(" · ", 1)[0] + f" · {IN_PAGE} · " + without[0].split(" · ", 3)[3]
    )
    assert with_page[1:] == without[1:]
    table = parsed(reported, RUNS)
    assert cell(table, "example-1") == "0.25 Chromium 156; 0.25 Firefox 153; 0.25 WebKit 2.54"
    assert cell(table, "example-2") == "failed 0.25 Chromium 156"
    assert cell(table, "example-3") == "not run"
    assert not any("Chromium" in row.get_text() for row in table.select("tbody tr:not(.name)"))
    with (reported / "out/evidence.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["start"] == "in the page"]
    assert {row["system"] for row in rows if row["outcome"] == "passed"} == set(BROWSERS)
    assert all(row["reason"] for row in rows if row["outcome"] == "not applicable")
    assert len([row for row in rows if row["page"] == PAGE]) == len(table.select("td.page")) + 2  # one ran three times
    assert (
        "1 in the page"
        in parsed(reported, "evidence")
        .select_one(f'.proofs a[href="{RUNS.removeprefix("evidence/")}/"]')
        .parent.get_text()
    )


def test_the_publishing_build_fails_on_a_button_that_no_report_proves(reported):
    page_report(reported / "reports", reported / "reports/run.xml", ran_in_page("example-1"))
    append(reported / "docs/assets/run/kernel.js", "\n// changed since\n")
    done = build(reported / "out", root=reported, EVIDENCE="required")
    assert done.returncode != 0
    examples, _, buttons = done.stderr.partition(
        f"no report proves these Run buttons ({module('evidence').RUN_IN_PAGE} makes one):"
    )
    assert "docs/answers/create-a-process.md, example-1: python hello_process.py" in buttons
    assert "docs/scale/" in examples and "docs/scale/" not in buttons  # its programs have no buttons


@pytest.fixture
def folder(tmp_path: Path, report: Path) -> Path:
    """A folder of reports: of the programs themselves, and of the same in the page."""
    (tmp_path / "reports").mkdir()
    shutil.copy(report, tmp_path / "reports/run.xml")
    page_report(tmp_path / "reports", report, ran_in_page("example-1"))
    return tmp_path / "reports"


def read_reports(folder: Path):
    return module("report").read_reports(folder, "multiprocessing-by-example", ROOT)


def test_a_report_of_the_page_is_read_beside_the_others(folder):
    legs = [leg for legs in read_reports(folder).legs.values() for leg in legs if leg.start == "in the page"]
    assert [(leg.place.system, leg.method, leg.outcome, leg.seconds) for leg in legs] == [
        (BROWSER, "spawn", "passed", 0.25)
    ]
    assert "Pyodide" in legs[0].place.implementation
    assert BROWSER not in {place.system for place in read_reports(folder).places}


@pytest.mark.parametrize(
    "sabotage", [cut_short, empty, another_project, no_report_of_ours, no_junit, unknown_example, broken_leg]
)
def test_a_bad_report_of_the_page_is_named(folder, sabotage):
    said = sabotage(folder / "page.xml")
    with pytest.raises(module("report").ReportError, match=r"reports/page\.xml") as raised:
        read_reports(folder)
    assert said in str(raised.value)


def test_reports_of_the_page_that_disagree_are_named(folder):
    text = (folder / "page.xml").read_text("utf-8")
    (folder / "page-2.xml").write_text(text.replace("passed", "failed"), "utf-8")
    with pytest.raises(module("report").ReportError, match=r"page-2\.xml and reports/page\.xml disagree"):
        read_reports(folder)


def test_a_browser_of_another_version_is_a_run_of_its_own(folder):
    text = (folder / "page.xml").read_text("utf-8")
    (folder / "page-2.xml").write_text(text.replace("passed", "failed").replace(BROWSER, "Firefox 153.0"), "utf-8")
    legs = [leg for legs in read_reports(folder).legs.values() for leg in legs if leg.start == "in the page"]
    assert {(leg.place.system, leg.outcome) for leg in legs} == {(BROWSER, "passed"), ("Firefox 153.0", "failed")}


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
