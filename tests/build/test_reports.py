"""Reports are data from outside: what one may say, what is refused, and that nothing of it becomes HTML."""

import html
import json
from dataclasses import replace as changed
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from bs4 import BeautifulSoup
from byexample.build import Build, read_all
from byexample.evidence import claims, tables
from byexample.evidence.kept import keep
from byexample.evidence.report import Case, RecordedLeg, ReportError, Reports, read_reports
from byexample.evidence.schema import IN_PAGE
from byexample.figures import timeline
from byexample.figures.extension import is_shown
from byexample.figures.figure import figures
from byexample.pages.digest import example_digest
from byexample.pages.examples import Transcript
from byexample.pages.places import Place

from .. import ROOT
from .conftest import PROJECT, Repository, leg, legs

PAGE = "docs/answers/four-processes.md"
HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>"


def read(repository: Repository, report: str | bytes | None = None, **facts: str) -> Reports:
    """What a folder holds with this report; without one, with a sound one."""
    path = repository.report(*repository.cases(PAGE, legs("3.11.7")), **facts)
    if report is not None:
        path.write_bytes(report if isinstance(report, bytes) else report.encode())
    return read_reports(path.parent, PROJECT, read_all(repository.root))


def leg_with(**fields: Any) -> str:
    """A sound leg as JSON, with other fields; without one that is `...`."""
    record = json.loads(leg("3.11.7", "fork").to_property())
    return json.dumps({name: value for name, value in (record | fields).items() if value is not ...})


def xml(value: str, page: str = PAGE, digest: str = "0" * 16, more: str = "", suite: str = "") -> bytes:
    """A report with one leg, whatever it says."""
    found = (("page", page), ("digest", digest), ("leg", value))
    properties = "".join(f"<property name='{name}' value={quoteattr(of)}/>" for name, of in found)
    whole = f"<properties><property name='project' value='{PROJECT}'/>{suite}</properties>"
    case = f"<testcase name='line:1'><properties>{properties}{more}</properties></testcase>"
    content = f"<testsuite timestamp='2026-11-27T10:00:00+00:00'>{whole}{case}</testsuite>"
    return f"<testsuites>{content}</testsuites>".encode()


def test_a_sound_report_is_read(repository):
    assert read(repository).legs and read(repository, xml(leg_with())).legs


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"system": HOSTILE}, "`system` is '<img src=x"),
        ({"system": None}, "`system` is None"),
        ({"system": "Chromium 156"}, "`system` is 'Chromium 156'"),
        ({"implementation": HOSTILE}, "`implementation` is "),
        ({"implementation": 3}, "`implementation` is 3"),
        ({"python": "3"}, "`python` is '3'"),
        ({"python": "3.11.7\n"}, "`python` is '3.11.7\\n'"),
        ({"python": "3." + "1" * 5000}, "`python` is '3.1111"),
        ({"free_threaded": 1}, "`free_threaded` is 1"),
        ({"start": None}, "`start` is None"),
        ({"start": "threads"}, "`start` is 'threads'"),
        ({"method": ["fork"]}, "`method` is ['fork']"),
        ({"method": "dask"}, "`method` is 'dask'"),
        ({"default": "yes"}, "`default` is 'yes'"),
        ({"seconds": "1; drop"}, "`seconds` is '1; drop'"),
        ({"seconds": float("nan")}, "NaN is no number"),
        ({"seconds": True}, "`seconds` is True"),
        ({"seconds": -1}, "`seconds` is -1"),
        ({"seconds": 1e300}, "`seconds` is 1e+300"),
        ({"output": 3}, "`output` is 3"),
        ({"output": "\ud800"}, "`output` is '\\ud800'"),
        ({"sistem": "Linux"}, "'sistem' is not known"),
        ({"system": ...}, "a leg has no system"),
        ({"start": IN_PAGE}, "`implementation` is 'CPython'"),
    ],
)
def test_a_leg_that_says_what_none_can_say_is_refused(repository, fields, what):
    with pytest.raises(ReportError, match=r"^reports/run\.xml: 'line:1': not as our pytest writes it: ") as raised:
        read(repository, xml(leg_with(**fields)))
    message = str(raised.value)
    assert what in message and message.endswith(": run pytest again, or delete it") and len(message) < 250


@pytest.mark.parametrize(
    ("report", "what"),
    [
        (xml("[" * 100_000), "nested too deeply"),
        (xml("null"), "no JSON object: 'null'"),
        (xml("[1]"), "no JSON object"),
        (xml("{"), "a leg is no JSON"),
        (xml(leg_with(), "../../../../etc/passwd"), "'../../../../etc/passwd', which is no page here"),
        (xml(leg_with(), "/etc/hostname"), "'/etc/hostname', which is no page here"),
        (xml(leg_with(), "docs/hooks/byexample/build.py"), "which is no page here"),
        (xml(leg_with(), "docs/" + "a" * 5000), "which is no page here"),
        (xml(leg_with(), ""), "'', which is no page here"),
        (xml(leg_with(), digest="<b>"), "`digest` is '<b>'"),
        (xml(leg_with(), more="<property name='page' value='x'/>"), "2 properties `page`"),
        (xml(leg_with(), more="<property name='command' value=''/>"), "the command '', which"),
        (xml(leg_with(), more="<property name='other' value=''/>"), "'other' is not known"),
        (xml(leg_with()).replace(b"+00:00", b""), "its date is '2026-11-27T10:00:00', and no date with a time zone"),
        (xml(leg_with()).replace(b"2026-11-27T10:00:00+00:00", b"0001-01-01T00:00:00+10:00"), "its date is"),
        (
            xml(leg_with()).replace(
                b"</properties><testcase", b"<property name='commit' value='x'/></properties><testcase"
            ),
            "`commit` is 'x'",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0", "cut short, or no report"),
        (b"<?xml version='1.0' encoding='klingon'?><testsuites/>", "cut short, or no report"),
        (b"<?xml version='1.0' encoding='utf-7'?><testsuites/>", "cut short, or no report"),
        (b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuites>&e;</testsuites>", "no report"),
        (b"<a>" * 100_000 + b"</a>" * 100_000, "no JUnit report"),
    ],
)
def test_a_report_that_pytest_did_not_write_is_refused(repository, report, what):
    with pytest.raises(ReportError, match=r"^reports/run\.xml") as raised:
        read(repository, report)
    assert what in str(raised.value) and "delete it" in str(raised.value) and len(str(raised.value)) < 300


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"\x89PNG",
        b"<?xml version='1.0' encoding='klingon'?><testsuites/>",
        b"<?xml version='1.0' encoding='utf-7'?><testsuites/>",
        xml("[" * 100_000),
        xml(leg_with(system=HOSTILE)),
    ],
)
def test_nothing_is_kept_of_an_older_report_that_cannot_be_believed(repository, before):
    path = repository.report(*repository.cases(PAGE, legs("3.11.7")))
    found = read_reports(path.parent, PROJECT, read_all(repository.root))
    keep(before, path, PROJECT, lambda page: [])
    assert read_reports(path.parent, PROJECT, read_all(repository.root)) == found


def test_what_is_no_file_or_too_large_is_refused(repository, monkeypatch):
    (repository.root / "reports/folder.xml").mkdir(parents=True)
    with pytest.raises(ReportError, match=r"reports/folder\.xml is no file: delete it"):
        read(repository)
    (repository.root / "reports/folder.xml").rmdir()
    monkeypatch.setattr("byexample.evidence.report.LARGEST", 100)
    with pytest.raises(ReportError, match=r"reports/run\.xml has more than 100 bytes, and no report has"):
        read(repository)


def test_the_newer_of_two_legs_is_the_later_one_in_every_time_zone(repository):
    early, late = "2026-11-27T10:00:00+02:00", "2026-11-27T09:00:00+00:00"
    repository.report(*repository.cases(PAGE, legs("3.11.7")), name="late.xml", date=late)
    found = read(repository, date=early)
    assert {leg.date for legs in found.legs.values() for leg in legs} == {"2026-11-27T09:00:00+00:00"}


def hostile_cases(pages) -> list[Case]:
    """A report that is accepted: every field that may be any text is hostile, and every outcome is there."""
    native = leg("3.14.2", "spawn")
    browser = changed(native, place=Place("CPython (Pyodide 314.0.7)", "3.14.2", "Chromium 156"), start=IN_PAGE)
    found = []
    for page in pages.values():
        for example in page.anchors.values():
            command = example.command.text if isinstance(example, Transcript) else None
            rows = f"{HOSTILE}  {HOSTILE}  {HOSTILE}  0.1  0.2\n{HOSTILE}"
            ran = [changed(native, output=rows), changed(leg("3.11.7", "fork"), outcome="failed", problem=HOSTILE)]
            found.append(Case(page.name, command, example_digest(page, example), [*ran, browser]))
    return found


def test_nothing_that_a_report_says_is_html_on_any_page(repository):
    build = Build(ROOT, pages=read_all(ROOT))
    path = repository.report(*hostile_cases(build.pages))
    report = path.read_text("utf-8").replace("A machine, 2 cores", html.escape(HOSTILE))
    path.write_text(report, "utf-8")
    build.reports = read_reports(path.parent, PROJECT, build.pages)
    told = 0
    for name, page in build.pages.items():
        build.begin(name, name.removeprefix("docs/").removesuffix(".md") + "/", page.text)
        view = build.rendered
        examples = [example for example in page.examples if is_shown(example)]
        view.code = {example: "" for example in examples if not isinstance(example, Transcript)}  # no report's business
        shown = BeautifulSoup(figures(view, examples), "html.parser")
        told += shown.get_text().count("<img src=x")
        assert not shown.select("[onerror]") and not shown.select("img[src=x]"), name
    assert told > 100
    seen = tables.starts_seen(build.reports)
    evidence = [tables.overview(build.proved_pages, build.reports)]
    evidence += [tables.runs(proofs, seen) for proofs in build.proved_pages]
    assert not [each for each in evidence if "<img" in each]


def test_a_place_is_escaped_whatever_it_is_called():
    assert "<img" not in tables.python(Place(HOSTILE, HOSTILE, HOSTILE))
    assert claims.browser(RecordedLeg(Place("CPython", "3.14.2", "Chromium 156.1"), IN_PAGE, "spawn", True, "passed"))


@pytest.mark.parametrize("times", ["nan  1", "0  inf", "2  1", "-1  1", "0  0", "0  1e300"])
def test_rows_whose_times_cannot_be_drawn_are_no_part_of_a_picture(times):
    rows = f"Run  parent  work  0.0  0.25\nRun  child  work  {times}"
    assert [span.lane for span in timeline.parse(rows)] == ["parent"]
