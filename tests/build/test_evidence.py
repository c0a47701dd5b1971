"""What the site says of runs: only what a report of these very examples says."""

import csv
import io
import re
from pathlib import Path

import pytest
from byexample.build import BuildError
from byexample.evidence import claims, data, tables
from byexample.evidence.proofs import run_digest
from byexample.evidence.report import Case, RecordedLeg, ReportError, read_reports
from byexample.evidence.schema import IN_PAGE
from byexample.pages import reader
from byexample.pages.places import SUPPORTED
from byexample.run_buttons import buttons

from .conftest import PROJECT, Repository, failed_leg, leg, legs, lines, proofs_of

PAGE = "docs/answers/four-processes.md"
NOT_RUN = "Not run here yet."


# -- claims


@pytest.mark.parametrize(
    ("ran", "said"),
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
        (legs("3.14.2", "ray"), ["CPython 3.14.2 · started by ray · Linux"]),
    ],
)
def test_no_combination_is_named_that_did_not_run(ran, said):
    assert claims.native(ran) == said


def test_a_commit_is_named_where_all_ran_at_it():
    assert claims.when(legs("3.11.7")) == "27 November 2026, commit 0123"
    other = leg("3.14.2", "fork", commit="4567", date="2026-11-29T10:00:00+00:00")
    assert claims.when([other, *legs("3.11.7")]) == "27 November 2026 to 29 November 2026"
    assert claims.when([leg("3.14.2", "fork", commit="4567+")]) == "27 November 2026, commit 4567 with changes"


def test_without_a_report_nothing_is_claimed(repository):
    assert set(lines(repository.html(PAGE))) == {NOT_RUN}
    build = repository.views()
    assert "there is no report" in tables.overview(build.proved_pages, build.reports)


def test_a_page_says_where_its_examples_ran(repository):
    repository.report(*repository.cases(PAGE, legs("3.11.7", "fork spawn forkserver")))
    claim = "Ran on CPython 3.11.7 · fork, spawn, forkserver · Linux · 27 November 2026, commit 0123 · details"
    assert set(lines(repository.html(PAGE))) == {claim}


def test_without_one_leg_s_report_exactly_its_claims_are_gone(repository):
    repository.report(*repository.cases(PAGE, legs("3.11.7")))
    other = repository.report(*repository.cases(PAGE, legs("3.14.2", "spawn")), name="other.xml")
    both = lines(repository.html(PAGE))
    assert all("CPython 3.11.7 · fork, spawn · Linux; CPython 3.14.2 · spawn · Linux" in line for line in both)
    other.unlink()
    assert lines(repository.html(PAGE)) == [line.replace("; CPython 3.14.2 · spawn · Linux", "") for line in both]


def test_a_report_of_another_program_is_no_evidence(repository):
    repository.report(*repository.cases(PAGE, legs("3.11.7")))
    program = repository.root / "snippets/answers/number_processes.py"
    program.write_text(program.read_text("utf-8") + "\n# changed since\n", "utf-8")
    assert set(lines(repository.html(PAGE))) == {NOT_RUN}


def test_a_transcript_that_was_edited_since_is_not_proved(repository):
    repository.report(*repository.cases(PAGE, legs("3.11.7")))
    before = lines(repository.html(PAGE))
    page = repository.root / PAGE
    page.write_text(page.read_text("utf-8").replace("at a time: False", "at a time: True"), "utf-8")
    after = lines(repository.html(PAGE))
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [NOT_RUN]


def test_a_leg_that_failed_is_told_with_what_was_seen(repository):
    difference = "not what it printed\n\n-one\n+<two>"
    failed = RecordedLeg(**vars(leg("3.14.2", "spawn")) | {"outcome": "failed", "problem": difference})
    repository.report(*repository.cases(PAGE, [*legs("3.11.7"), failed]))
    page = repository.html(PAGE)
    assert all(line.startswith("Ran on CPython 3.11.7 · fork, spawn · Linux · ") for line in lines(page))
    (told, *_) = page.select(".notes .failed")
    assert told.get_text().startswith("Failed on CPython 3.14.2 · spawn · Linux · 27 November 2026, commit 0123")
    assert told.select_one("pre").get_text() == difference


def test_a_leg_that_failed_everywhere_is_no_evidence(repository):
    failed = [RecordedLeg(**vars(each) | {"outcome": "failed"}) for each in legs("3.11.7")]
    repository.report(*repository.cases(PAGE, failed))
    page = repository.html(PAGE)
    assert lines(page) == [] and len(page.select(".notes .failed")) > 0
    build = repository.views()
    overview = tables.overview(build.proved_pages, build.reports)
    assert 'class="failed"' in overview and 'class="passed"' not in overview
    assert re.search(r"0 legs passed, \d+ failed", overview)


def test_an_example_that_runs_right_now_says_so(repository):
    build = repository.build()
    build.running = frozenset([PAGE])
    assert all(line.startswith("Running on this machine") for line in lines(repository.html(PAGE, build)))


# -- tables and data


def test_every_example_is_in_the_table_and_in_the_data(repository):
    repository.report(*repository.cases(PAGE, legs("3.11.7", "fork spawn forkserver")))
    build = repository.views()
    rows = list(csv.DictReader(io.StringIO(data.data(build.proved_pages, build.reports))))
    passed = [row for row in rows if row["outcome"] == "passed"]
    assert {row["page"] for row in passed} == {PAGE} and {row["python"] for row in passed} == {"3.11.7"}
    shown = tables.runs(build.views[PAGE].proofs, tables.starts_seen(build.reports))
    assert shown.count('class="passed"') == len(passed) == 3 * len(build.pages[PAGE].anchors)
    overview = tables.overview(build.proved_pages, build.reports)
    assert sum(map(int, re.findall(r'<td class="passed">(\d+)', overview))) == len(passed)


# -- in the page

BROWSERS = ["Chromium 156.0.1.2", "Firefox 153.4", "WebKit 2.54.2"]


def in_the_page(repository: Repository, anchor: str, browser: str, outcome: str = "passed", layer="the layer") -> Case:
    (native,) = [
        case for each, case in zip(build_anchors(repository), repository.cases(PAGE, []), strict=True) if each == anchor
    ]
    implementation = f"{buttons.PLACE.implementation} (Pyodide 314.0.7)"
    run = leg(buttons.PLACE.python, buttons.METHOD, browser, implementation, seconds=0.25)
    run = RecordedLeg(**vars(run) | {"start": IN_PAGE, "outcome": outcome, "default": True})
    return Case(PAGE, None, run_digest(native.digest, layer), [run])


def build_anchors(repository: Repository) -> list[str]:
    return list(reader.read(repository.root / PAGE, repository.root).anchors)


def test_what_ran_in_the_page_is_claimed_and_nothing_else(repository):
    repository.report(*repository.cases(PAGE, legs("3.11.7")))
    without = lines(repository.html(PAGE))
    runs = [in_the_page(repository, "example-1", browser) for browser in BROWSERS]
    runs.append(in_the_page(repository, "example-2", BROWSERS[0], "failed"))
    runs.append(in_the_page(repository, "example-3", BROWSERS[0], layer="another layer"))
    repository.report(*runs, name="page.xml")
    claimed = lines(repository.html(PAGE))
    words = "in the page with Chromium 156, Firefox 153, WebKit 2.54"
    assert claimed[0] == without[0].replace(" · 27 November", f" · {words} · 27 November")
    assert claimed[1:] == without[1:]
    build = repository.views()
    table = tables.runs(build.views[PAGE].proofs, tables.starts_seen(build.reports))
    assert "0.25 Chromium 156<br>0.25 Firefox 153<br>0.25 WebKit 2.54" in table
    assert "failed 0.25 Chromium 156" in table and ">not run</td>" in table
    assert "1 in the page" in tables.overview(build.proved_pages, build.reports)
    rows = list(csv.DictReader(io.StringIO(data.data(build.proved_pages, build.reports))))
    mine = [row for row in rows if row["start"] == IN_PAGE]
    assert {row["system"] for row in mine if row["outcome"] == "passed"} == set(BROWSERS)
    assert all(row["reason"] for row in mine if row["outcome"] == "not applicable")


# -- what a build asks for


def test_a_build_that_asks_for_evidence_fails_on_what_no_report_proves(repository):
    build = repository.views()
    build.check(None)
    with pytest.raises(BuildError, match=rf"no report proves these examples:\n  {PAGE}, example-1: python number_pro"):
        build.check("examples")
    repository.report(*repository.cases(PAGE, legs("3.11.7")))
    build = repository.views()
    build.check("examples")
    with pytest.raises(BuildError, match=rf"no report proves these Run buttons \(pytest .*\n  {PAGE}, example-1: "):
        build.check("required")


def test_a_build_that_asks_for_evidence_fails_on_one_required_leg_that_failed(repository):
    repository.report(*repository.cases(PAGE, [*legs("3.11.7"), failed_leg("3.14.2")]))
    with pytest.raises(BuildError, match=r"these examples failed:\n  docs/\S+, example-1: python \w+\.py"):
        repository.views().check("examples")


ELSEWHERE = [("Windows",), ("macOS",), ("Linux", "CPython free-threaded")]


@pytest.mark.parametrize("where", ELSEWHERE, ids=" ".join)
def test_a_leg_that_failed_elsewhere_takes_exactly_its_claims_away(repository, where):
    passed = legs(" ".join(f"{version}.1" for version in SUPPORTED))
    there = [leg("3.14.1", "spawn", *where), leg("3.15.1", "spawn", *where)]
    page = [in_the_page(repository, anchor, BROWSERS[0]) for anchor in build_anchors(repository)]
    first, *others = repository.cases(PAGE, [*passed, *there])
    repository.report(first, *others, *page)
    before = lines(repository.html(PAGE))
    repository.views().check("required")
    first = Case(first.page, first.command, first.digest, [*passed, there[0], failed_leg("3.15.1", *where)])
    repository.report(first, *others, *page)
    repository.views().check("required")
    html = repository.html(PAGE)
    assert lines(html)[1:] == before[1:] and lines(html)[0] != before[0]
    assert "3.15.1" in before[1] and claims.native([*passed, there[0]])[-1] in lines(html)[0]
    (told,) = html.select(".notes .failed")
    assert f"Failed on {claims.native([failed_leg('3.15.1', *where)])[0]}" in told.get_text()
    assert "+two" in told.get_text() and "27 November 2026" in told.get_text()


def test_a_site_that_is_published_is_proved_on_every_supported_python(repository):
    versions = [f"{version}.1" for version in SUPPORTED]
    page = [in_the_page(repository, anchor, BROWSERS[0]) for anchor in build_anchors(repository)]
    repository.report(*repository.cases(PAGE, legs(" ".join(versions[:-1]))), *page)
    with pytest.raises(BuildError, match=rf"no report is about these Pythons:\n  CPython {SUPPORTED[-1]} on Linux"):
        repository.views().check("required")
    (first, *others) = repository.cases(PAGE, legs(versions[-1], "spawn"))
    repository.report(*others, name="newest.xml")
    said = rf"no report proves these examples where they have to be:\n  {first.page}, example-1: .* on CPython 3\.15$"
    with pytest.raises(BuildError, match=said):
        repository.views().check("required")


def test_a_build_without_run_buttons_is_not_published(repository):
    repository.report(*repository.cases(PAGE, legs("3.11.7")))
    build = repository.views(repository.build(has_buttons=False))
    build.check("examples")
    with pytest.raises(BuildError, match="this build has no Run buttons, and is to be published"):
        build.check("required")
    assert {proof.why_no_button for proof in proofs_of(build, PAGE)} == {"This build has no Run buttons."}


# -- reports that cannot be believed


def cut_short(report: Path) -> str:
    report.write_bytes(report.read_bytes()[: report.stat().st_size // 2])
    return "cut short"


def empty(report: Path) -> str:
    report.write_bytes(b"")
    return "cut short"


def another_project(report: Path) -> str:
    replace(report, PROJECT, "elsewhere")
    return f"a report of elsewhere, not of {PROJECT}"


def no_report_of_ours(report: Path) -> str:
    report.write_text('<testsuites><testsuite name="x"><testcase name="y"/></testsuite></testsuites>', "utf-8")
    return "a report of another project"


def no_junit(report: Path) -> str:
    report.write_text("<html></html>", "utf-8")
    return "no JUnit report"


def unknown_page(report: Path) -> str:
    replace(report, PAGE, "docs/answers/gone.md")
    return "'docs/answers/gone.md', which is no page here"


def unknown_command(report: Path) -> str:
    replace(report, "python number_processes.py", "python gone.py")
    return f"the command 'python gone.py', which {PAGE} does not have"


def broken_leg(report: Path) -> str:
    replace(report, "&quot;system&quot;", "&quot;sistem&quot;")
    return "not as our pytest writes it"


def no_date(report: Path) -> str:
    replace(report, " timestamp=", " time-stamp=")
    return "not as our pytest writes it"


def neither_passed_nor_failed(report: Path) -> str:
    replace(report, "&quot;outcome&quot;: &quot;passed&quot;", "&quot;outcome&quot;: &quot;done&quot;")
    return "`outcome` is 'done'"


def disagreeing(report: Path) -> str:
    text = report.read_text("utf-8").replace("&quot;passed&quot;", "&quot;failed&quot;", 1)
    (report.parent / "second.xml").write_text(text, "utf-8")
    return "reports/run.xml and reports/second.xml disagree"


def replace(report: Path, old: str, new: str) -> None:
    text = report.read_text("utf-8")
    assert old in text
    report.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    "sabotage",
    [
        *(cut_short, empty, another_project, no_report_of_ours, no_junit, unknown_page, unknown_command, broken_leg),
        *(no_date, neither_passed_nor_failed, disagreeing),
    ],
)
def test_a_bad_report_is_named(repository, sabotage):
    message = sabotage(repository.report(*repository.cases(PAGE, legs("3.11.7"))))
    with pytest.raises(ReportError, match=r"reports/run\.xml") as raised:
        repository.build()
    assert message in str(raised.value)


def test_a_browser_of_another_version_is_a_run_of_its_own(repository):
    repository.report(in_the_page(repository, "example-1", BROWSERS[0]), name="page.xml")
    repository.report(in_the_page(repository, "example-1", "Firefox 153.0", "failed"), name="page-2.xml")
    found = read_reports(repository.root / "reports", PROJECT, repository.build().pages)
    runs = [run for runs in found.legs.values() for run in runs]
    assert {(run.place.system, run.outcome) for run in runs} == {(BROWSERS[0], "passed"), ("Firefox 153.0", "failed")}
    assert found.places == []  # browsers are no Pythons


def test_a_leg_is_read_as_it_was_written():
    written = RecordedLeg(**vars(leg("3.14.2", "spawn", "Linux", "CPython free-threaded")) | {"output": "a\x02\n\tb"})
    value = written.to_property()
    assert RecordedLeg.from_property(value, machine="", commit="0123", date=written.date) == written
