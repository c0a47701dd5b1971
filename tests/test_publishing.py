"""What the workflows run around the tests: what stands in, what was lost, what a pull request touched."""

import sys

import pytest
from byexample.build import read_all
from byexample.evidence import claims
from byexample.evidence.proofs import run_digest
from byexample.evidence.report import Case, RecordedLeg
from byexample.pages.digest import digests

from . import ROOT, losses, stand_in, touched
from .build.conftest import PROJECT, Repository, failed_leg, leg, legs, lines, make

PAGE = "docs/answers/four-processes.md"
YESTERDAY = "2026-11-26T10:00:00+00:00"


@pytest.fixture
def repository(tmp_path) -> Repository:
    return make(tmp_path / "repository")


def current(repository: Repository) -> dict[str, set[str]]:
    return {name: digests(page) for name, page in read_all(repository.root).items()}


def filled(repository: Repository) -> list[str]:
    """What is said when the reports of the folder earlier/ stand in."""
    return stand_in.told(repository.root / "earlier", repository.root / "reports", current(repository), PROJECT)


# -- an earlier run's reports


def earlier(repository: Repository, *cases: Case, name: str) -> None:
    report = repository.report(*cases, name=name, commit="9999", date=YESTERDAY)
    folder = repository.root / "earlier"
    folder.mkdir(exist_ok=True)
    report.rename(folder / name)


def test_a_report_that_is_missing_is_stood_in_for_and_keeps_its_date(repository):
    there = [leg("3.14.1", "spawn", "Windows", date=YESTERDAY, commit="9999")]
    earlier(repository, *repository.cases(PAGE, there), name="Windows-3.14.xml")
    repository.report(*repository.cases(PAGE, legs("3.11.7")), name="Linux-3.11.xml")
    assert filled(repository) == ["- `Windows-3.14` left no report, that of 2026-11-26 stands in."]
    shown = lines(repository.html(PAGE))
    assert all("CPython 3.14.1 · spawn · Windows" in line for line in shown)
    assert all("26 November 2026 to 27 November 2026" in line for line in shown)


def test_a_report_that_is_there_is_not_replaced(repository):
    earlier(repository, *repository.cases(PAGE, legs("3.14.1")), name="Linux-3.14.xml")
    mine = repository.report(*repository.cases(PAGE, [failed_leg("3.14.1")]), name="Linux-3.14.xml")
    before = mine.read_bytes()
    assert filled(repository) == [] and mine.read_bytes() == before


def test_what_changed_since_is_not_stood_in_for(repository):
    earlier(repository, *repository.cases(PAGE, legs("3.14.1")), name="Linux-3.14.xml")
    program = repository.root / "snippets/answers/number_processes.py"
    program.write_text(program.read_text("utf-8") + "\n# changed since\n", "utf-8")
    (repository.root / "reports").mkdir(exist_ok=True)
    assert filled(repository) == ["- `Linux-3.14` left no report, and the earlier one proves nothing any more."]
    assert not (repository.root / "reports/Linux-3.14.xml").exists()


def test_no_failure_stands_in(repository):
    both = [leg("3.14.1", "fork"), failed_leg("3.14.1")]
    earlier(repository, *repository.cases(PAGE, both), name="Linux-3.14.xml")
    filled(repository)
    page = repository.html(PAGE)
    assert all("· fork · Linux" in line for line in lines(page)) and page.select(".failed") == []


@pytest.mark.parametrize("content", [b"", b"<testsuites", b"\xff", b"<other/>"])
def test_an_earlier_report_that_is_none_proves_nothing(repository, content):
    (repository.root / "earlier").mkdir()
    (repository.root / "earlier/Linux-3.14.xml").write_bytes(content)
    (repository.root / "reports").mkdir(exist_ok=True)
    assert filled(repository) == ["- `Linux-3.14` left no report, and the earlier one proves nothing any more."]


def test_runs_in_the_page_stand_in_for_the_layer_that_they_ran_on():
    found = stand_in.current(ROOT)[PAGE]
    native = digests(read_all(ROOT)[PAGE])
    assert native < found and len(found) == 2 * len(native)
    assert run_digest(next(iter(native)), "another layer") not in found


# -- what the site lost


def test_the_table_of_losses_names_example_place_day_and_difference(repository):
    first, *others = repository.cases(PAGE, legs("3.11.7"))
    seen = RecordedLeg(**vars(failed_leg("3.14.1", "Windows")) | {"problem": "not what it printed\n\n-a|b\n+<c>\n"})
    repository.report(Case(first.page, first.command, first.digest, [*legs("3.11.7"), seen]), *others)
    *_, row = losses.table(repository.views())
    words = f"{PAGE}, example-1: {first.command} | {claims.native([seen])[0]} | 27 November 2026, commit 0123"
    assert row == f"| {words} | no longer claims these | -a&#124;b +&lt;c&gt; |"


def test_a_required_leg_that_failed_is_told_apart(repository):
    repository.report(*repository.cases(PAGE, [*legs("3.11.7"), failed_leg("3.14.1")]))
    table = losses.table(repository.views())
    assert len(table) > 2 and all("| is not published |" in row for row in table[2:])


def test_without_reports_nothing_is_lost(tmp_path):
    assert losses.table(losses.read(ROOT, tmp_path)) == ["No example failed anywhere."]


def test_without_failures_there_is_no_table(repository):
    repository.report(*repository.cases(PAGE, legs("3.11.7")))
    assert losses.table(repository.views()) == ["No example failed anywhere."]


# -- what a pull request touched


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["docs/answers/create-a-pool.md"], ["docs/answers/create-a-pool.md"]),
        (["snippets/answers/number_processes.py"], ["docs/answers/four-processes.md"]),
        (["README.md", "docs/index.md"], ["README.md", "docs/index.md", *touched.TESTS]),
        (["tests/harness/run.py"], list(touched.TESTS)),
        (["docs/hooks/byexample/build.py"], list(touched.TESTS)),
        (["docs/scale/dask.md"], []),  # its packages are heavy, and it has a job of its own
        ([], []),
    ],
)
def test_what_a_pull_request_touched_is_tested(names, expected):
    pages = read_all(ROOT)
    assert all((ROOT / name).exists() for name in names)
    assert touched.arguments(names, pages.values()) == expected


def test_a_commit_that_git_does_not_know_is_told(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["touched", "no-such-commit"])
    with pytest.raises(SystemExit):
        touched.main()
    assert "git cannot compare with no-such-commit" in capsys.readouterr().err
