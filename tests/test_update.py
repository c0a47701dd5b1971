"""`pytest --update`: stale transcripts are rewritten in place, and nothing else."""

import os

import pytest
from byexample.pages.digest import transcript_digest

from .conftest import shown, transcript
from .harness.update import Update, UpdateError, apply


def updated(site, *arguments: str) -> str:
    """The page after an update that succeeded; a second one must change nothing."""
    outcome = site.pytest("docs", "--update", *arguments)
    assert outcome.failures == [], outcome.text
    page = site.root / "docs/page.md"
    first = page.read_bytes()
    again = site.pytest("docs", "--update")
    assert page.read_bytes() == first and "updated docs" not in again.text
    assert site.pytest("docs").status == 0
    return first.decode()


def test_a_stale_transcript_is_rewritten_and_nothing_else(site):
    site.write("snippets/program.py", "print('new')\nprint('lines')\n")
    before, after = "# Page  \n\nA\ttab and trailing blanks  \n\n" + shown("program.py"), "\nLast line without an end"
    site.page(before + "\n" + transcript("python program.py", "old") + after)
    assert updated(site) == before + "\n" + transcript("python program.py", "new", "lines") + after


def test_an_empty_transcript_is_filled(site):
    site.program("print(1)", transcript("python program.py"))
    assert "$ python program.py\n1\n```" in updated(site)


def test_a_program_that_prints_nothing_any_more_does_not_prove_what_the_page_showed(site):
    site.program("pass", transcript("python program.py", "old"))
    before = site.read()
    outcome = site.pytest("docs", "--update")
    (proved,) = [value for case in outcome.cases.values() for name, value in case.properties if name == "digest"]
    (stale,), (written,) = before.transcripts, site.read().transcripts
    assert written.output == () and proved == transcript_digest(site.read(), written, [])
    assert proved != transcript_digest(before, stale, ["old"])


def test_elisions_that_still_fit_stay(site):
    site.program(
        "print('pid 17')\nprint('x')\nprint('y')\nprint('new')",
        transcript("python program.py", "pid ...", "...", "old"),
    )
    assert "pid ...\n...\nnew\n" in updated(site)


def test_what_differs_from_run_to_run_is_elided(site):
    source = (
        "import os\nprint('in', os.getcwd())\nprint('pid', os.getpid())\nprint(object())\nprint('lib', os.__file__)"
    )
    site.program(source, transcript("python program.py"))
    assert "in ...\npid ...\n<object object at 0x...>\nlib .../os.py\n" in updated(site).replace("\\", "/")


def test_a_page_with_windows_line_ends_keeps_them(site):
    site.program("print('new')", transcript("python program.py", "old"))
    page = site.root / "docs/page.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    outcome = site.pytest("docs", "--update")
    assert outcome.failures == []
    text = page.read_bytes()
    assert b"new\r\n" in text and text.count(b"\n") == text.count(b"\r\n")


def test_transcripts_in_tabs_and_lists_keep_their_indentation(site):
    site.write("snippets/program.py", "print('new')\nprint()\nprint('end')")
    inner = "".join("    " + line + "\n" for line in transcript("python program.py", "old").splitlines())
    site.page(shown("program.py") + '\n=== "a tab"\n\n' + inner)
    assert "    $ python program.py\n    new\n\n    end\n    ```\n" in updated(site)


def test_several_on_a_page_with_workers_of_xdist(site):
    site.write("snippets/program.py", "import sys\nfor n in range(int(sys.argv[1])): print(n)")
    page = site.page(
        shown("program.py") + "".join("\n" + transcript(f"python program.py {n}", "old") for n in (3, 1, 2))
    )
    running = site.start("-n2", "docs", "--update")
    said, _ = running.communicate(timeout=120)
    assert running.returncode == 0 and "updated docs/page.md: line 5, 10, 15" in said, said
    text = page.read_text()
    assert "program.py 3\n0\n1\n2\n```" in text and "program.py 1\n0\n```" in text and "program.py 2\n0\n1\n```" in text


def test_legs_that_disagree_are_told_and_not_written(site):
    page = site.program(
        "import multiprocessing as mp\nprint(mp.get_start_method())", transcript("python program.py", "old")
    )
    before = page.read_bytes()
    (said,) = site.pytest("docs", "--update").failures
    assert "The legs differ" in said and page.read_bytes() == before


def test_a_failed_run_is_not_written(site):
    page = site.program("print('new')\nraise SystemExit(3)", transcript("python program.py", "old"))
    before = page.read_bytes()
    (said,) = site.pytest("docs", "--update").failures
    assert "exit status 3" in said and page.read_bytes() == before


def test_a_page_that_changed_meanwhile_is_left_alone(site):
    page = site.page("one\n```console\n$ python x.py\nedited\n```\n")
    with pytest.raises(UpdateError, match=r"page\.md:2: changed while its program ran"):
        apply(page, [Update("page.md", 2, 5, "", ("old",), ("new",))])
    assert page.read_text() == "one\n```console\n$ python x.py\nedited\n```\n"


def test_a_write_that_fails_leaves_the_page_whole(site, monkeypatch):
    page = site.page("one\n```console\n$ python x.py\nold\n```\n")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        apply(page, [Update("page.md", 2, 5, "", ("old",), ("new",))])
    assert page.read_text() == "one\n```console\n$ python x.py\nold\n```\n"
    assert [path.name for path in page.parent.iterdir()] == ["page.md"]


@pytest.mark.parametrize(
    ("source", "unfit"),
    [
        ("print('a\\rb')", "a carriage return inside a line, which the page cannot hold: 'a\\rb'."),
        ("print('a\\0b')", "a null character, which the page cannot hold: 'a\\x00b'."),
        ("print('$ x')", "what begins like a command, which the page cannot hold: '$ x'."),
        ("print('```')", "the marks that end its transcript, which the page cannot hold: '```'."),
        ("print('--8<-- x')", "what looks like an include, which the page cannot hold: '--8<-- x'."),
    ],
)
def test_what_no_page_can_hold_is_not_written_and_the_run_fails(site, source, unfit):
    page = site.program(source, transcript("python program.py", "old"))
    before = page.read_bytes()
    outcome = site.pytest("docs", "--update")
    assert outcome.status == 1 and page.read_bytes() == before
    assert f"docs/page.md:5: its program prints {unfit} Nothing was written" in outcome.text
