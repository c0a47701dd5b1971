"""Beside `mkdocs serve`: the examples of what it shows run, and nothing of them is left behind."""

import json
import os
import time

import pytest
from byexample.build import Build, read_all
from byexample.pages.digest import digests
from byexample.pages.reader import read
from byexample.preview import Preview, here
from byexample.session import Session

from .. import ROOT
from ..conftest import Site, shown, transcript, with_argument
from .conftest import leg

PAGE = "docs/page.md"
SECONDS = 60


@pytest.fixture
def served(site: Site, monkeypatch):
    """A small site that pytest can run by itself, and its preview."""
    site.write("pyproject.toml", '[project]\nname = "small"\n')
    site.write("conftest.py", 'pytest_plugins = ["tests.harness.plugin"]\n')
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    preview = Preview(site.root, "small", lambda name: digests(read(site.root / name, site.root)))
    yield preview
    preview.stop()
    assert not preview.thread or not preview.thread.is_alive()


def until(condition) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


def built(site: Site) -> Build:
    build = Build(site.root)
    build.pages = read_all(site.root)
    build.read_reports(site.root / "reports")
    return build


def legs(site: Site, name: str = PAGE):
    build = built(site)
    return [leg for digest in digests(build.pages[name]) for leg in build.reports.of(name, digest)]


def waits(mark: str) -> str:
    """A program that waits for a process with this mark, which waits forever."""
    source = f"import subprocess, sys\nwords = ['-c', 'input()', {mark!r}]\nPIPE = subprocess.PIPE\n"
    return source + "subprocess.Popen([sys.executable, *words], stdin=PIPE).wait()\n"


def test_what_is_queued_runs_and_joins_the_report(site, served):
    site.program("print(1)\n", transcript("python program.py", "1"))
    site.page("# Other\n\n```python\nx = 1\n```\n", "docs/other.md")
    for name in ("docs/other.md", PAGE):
        served.queue([name])
        assert name in served.pending
        served.start()
        until(lambda name=name: legs(site, name))
        assert not served.pending  # before the report is there, which has MkDocs build the site again
    assert {each.outcome for each in [*legs(site), *legs(site, "docs/other.md")]} == {"passed"}
    assert legs(site, "docs/other.md")


def test_a_failure_is_in_the_report_with_its_difference(site, served):
    site.program("print(1)\n", transcript("python program.py", "2"))
    served.queue([PAGE])
    served.start()
    until(lambda: legs(site))
    for each in legs(site):
        assert each.outcome == "failed" and "-2\n+1" in each.problem


def test_a_page_that_is_saved_while_it_runs_runs_again(site, served):
    mark = f"mpx-saved-{os.getpid()}"
    site.program(waits(mark), transcript("python program.py", attributes="{timeout=300}"))
    served.queue([PAGE])
    served.start()
    until(lambda: with_argument(mark))
    site.program("print('saved')\n", transcript("python program.py", "saved"))
    served.queue([PAGE])
    until(lambda: legs(site))
    assert {each.outcome for each in legs(site)} == {"passed"} and not with_argument(mark)


def test_a_page_that_is_saved_just_before_its_run_starts_takes_the_pages_beside_it_along(served):
    served.current = ["docs/saved.md", "docs/beside.md"]  # taken from the queue; the process is not there yet
    served.queue(["docs/saved.md"])
    assert served.waiting == ["docs/saved.md", "docs/beside.md"]
    served.current, served.waiting = [], []


def test_stop_ends_what_runs(site, served):
    mark = f"mpx-stopped-{os.getpid()}"
    site.program(waits(mark), transcript("python program.py", attributes="{timeout=300}"))
    served.queue([PAGE])
    served.start()
    until(lambda: with_argument(mark))
    served.stop()
    assert not with_argument(mark) and not served.thread.is_alive()
    assert not (site.root / "reports").exists()


def test_pytest_that_cannot_begin_is_told(site, served, caplog):
    site.program("print(1)\n", transcript("python program.py", "1"))
    site.write("conftest.py", "raise RuntimeError('broken')\n")
    served.queue([PAGE])
    served.start()
    until(lambda: not served.pending)
    assert f"the examples of {PAGE} could not be run" in caplog.text and "broken" in caplog.text


class Recorded:
    """A preview that runs nothing."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.queued: list[str] = []
        self.pending: frozenset[str] = frozenset()

    def run(self, names: list[str]) -> None:
        self.ran += names

    def queue(self, names) -> None:
        self.queued += names
        self.pending = frozenset(self.queued)


@pytest.fixture
def session(site: Site) -> Session:
    made = Session(site.root, serving=True)
    made.preview = Recorded()  # type: ignore[assignment]
    site.write("snippets/program.py", "print(1)\n")
    for name in ("docs/index.md", "docs/answers/one.md", "docs/guide/two.md", "docs/scale/three.md"):
        site.page(shown("program.py") + "\n" + transcript("python program.py", "1"), name)
    return made


def test_home_runs_before_the_first_build_and_the_answers_after_it(site, session):
    build = built(site)
    session.run_examples(build)
    assert session.preview.ran == ["docs/index.md"] and session.preview.queued == ["docs/answers/one.md"]
    assert build.running == {"docs/answers/one.md"}


def test_then_what_was_saved_runs_and_each_page_that_shows_a_saved_program(site, session):
    session.run_examples(built(site))
    session.preview.queued.clear()
    session.run_examples(built(site))
    assert session.preview.queued == []
    site.write("snippets/program.py", "print(1) # saved\n")
    session.run_examples(built(site))
    assert set(session.preview.queued) == {"docs/index.md", "docs/answers/one.md", "docs/guide/two.md"}


def test_what_has_run_here_is_not_run_again(site, session):
    (site.root / "docs/index.md").unlink()
    digest = next(iter(digests(read(site.root / "docs/answers/one.md", site.root))))
    build = built(site)
    place = here()
    build.reports.legs["docs/answers/one.md", digest] = [leg(place.python, "spawn", place.system, place.implementation)]
    session.run_examples(build)
    assert session.preview.queued == []


def test_one_variable_turns_it_off(site, session, monkeypatch):
    monkeypatch.setenv("EXAMPLES", "off")
    build = built(site)
    session.run_examples(build)
    assert session.preview.ran == session.preview.queued == [] and build.running == frozenset()


def test_a_build_runs_nothing(site, session):
    session.serving = False
    session.run_examples(built(site))
    assert session.preview.ran == session.preview.queued == []


def test_this_python_is_named_as_reports_name_it(site):
    site.write("pyproject.toml", '[project]\nname = "small"\n')
    site.program("print(1)\n", transcript("python program.py", "1"))
    outcome = site.pytest()
    (case,) = [case for case in outcome.cases.values() if case.properties]
    records = [json.loads(value) for name, value in case.properties if name == "leg"]
    assert {record["python"] for record in records} == {here().python}
    assert {record["system"] for record in records} == {here().system}
