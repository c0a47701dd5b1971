"""The stress command: what it says, and with which exit status it ends."""

import multiprocessing
import sys

import pytest

from . import stress
from .conftest import transcript


@pytest.fixture
def run(site, monkeypatch, capsys):
    """Runs it on the small site's page: its exit status, and all that it said."""
    monkeypatch.setattr(stress, "ROOT", site.root.resolve())

    def run(seconds: float) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["stress", "--seconds", str(seconds), str(site.root / "docs/page.md")])
        try:
            status = stress.main()
        except SystemExit as ended:
            status = ended.code
        out, err = capsys.readouterr()
        return status, out + err

    return run


def test_an_example_that_fails_now_and_then_is_named_with_its_legs(site, run):
    site.program("import random\nprint(int(random.random() < 0.9))", transcript("python program.py", "0"))
    status, said = run(60)
    runs = 10 * len(multiprocessing.get_all_start_methods())
    assert status == 1
    assert f" failed of     {runs} runs" in said and "docs/page.md:5 python program.py" in said
    assert "not what it printed" in said and "not reached" not in said


def test_without_failures_its_status_is_0(site, run):
    site.program("print(1)", transcript("python program.py", "1"))
    assert run(60)[0] == 0


def test_nothing_that_ran_is_no_success(site, run):
    site.program("print(1)", transcript("python program.py", "1"))
    status, said = run(0)
    assert status == 1 and "0 failed of 0 runs" in said and "not reached" in said


def test_a_page_that_cannot_be_read_is_an_error(site, run):
    site.page("```console\n$ python gone.py\n```\n")
    status, said = run(60)
    assert status == 2 and "docs/page.md:2: no program `gone.py`" in said
