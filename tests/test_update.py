"""`pytest --update`: stale transcripts are rewritten in place, and nothing else."""

import errno
import multiprocessing
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

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


@pytest.mark.skipif(
    len(multiprocessing.get_all_start_methods()) == 1,
    reason="one start method is one leg, which nothing disagrees with",
)
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


def stale(site, *more: str) -> tuple[Path, Update]:
    """A page with a transcript that is no longer true, and its update."""
    page = site.program("print('new')", transcript("python program.py", "old", *more))
    return page, Update("docs/page.md", 5, "python program.py", ("old", *more), ("new",))


def test_a_page_that_changed_meanwhile_is_left_alone(site):
    page, update = stale(site)
    for edited in (
        page.read_text().replace("old", "edited"),
        page.read_text().replace("program.py\nold", "program.py 1\nold"),
        "A line more.\n\n" + page.read_text(),
    ):
        page.write_text(edited)
        with pytest.raises(UpdateError, match=r"docs/page\.md:5: changed while its program ran"):
            apply(site.root, "docs/page.md", [update])
        assert page.read_text() == edited


def test_a_page_that_is_saved_at_the_last_moment_is_left_alone(site, monkeypatch):
    page, update = stale(site)
    mode = os.chmod

    def save(*arguments):  # an author, while the new page is being written beside it
        page.write_text("saved")
        mode(*arguments)

    monkeypatch.setattr(os, "chmod", save)
    with pytest.raises(UpdateError, match=r"docs/page\.md: changed while it was updated; nothing was written"):
        apply(site.root, "docs/page.md", [update])
    assert page.read_text() == "saved" and [path.name for path in page.parent.iterdir()] == ["page.md"]


def test_what_another_run_has_updated_already_stays(site):
    page, update = stale(site)
    assert apply(site.root, "docs/page.md", [update]) == [5]
    after = page.read_bytes()
    assert apply(site.root, "docs/page.md", [update]) == [] and page.read_bytes() == after


def test_runs_beside_each_other_lose_no_update(site):
    """Each of a page's transcripts is updated by a run of its own, at the same time."""
    site.write("snippets/program.py", "print('new')")
    count = 8
    fences = [transcript(f"python program.py {number}", "old") for number in range(count)]
    page = site.page(shown("program.py") + "\n" + "\n".join(fences))
    updates = [
        Update("docs/page.md", 5 + 5 * number, f"python program.py {number}", ("old",), ("new",))
        for number in range(count)
    ]
    with ThreadPoolExecutor(count) as threads:
        done = list(threads.map(lambda update: apply(site.root, "docs/page.md", [update]), updates))
    assert done == [[update.line] for update in updates]
    assert page.read_text().count("\nnew\n") == count


def test_a_write_that_fails_leaves_the_page_whole(site, monkeypatch):
    page, update = stale(site)
    before = page.read_bytes()

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        apply(site.root, "docs/page.md", [update])
    assert page.read_bytes() == before
    assert [path.name for path in page.parent.iterdir()] == ["page.md"]


def test_a_page_that_cannot_be_written_keeps_no_other_back(site, monkeypatch):
    site.write("snippets/program.py", "print('new')")
    for name in ("first", "second"):
        site.page(shown("program.py") + "\n" + transcript("python program.py", "old"), f"docs/{name}.md")
    make = tempfile.mkstemp

    def full(*arguments, prefix, **options):
        if prefix == "first.md":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return make(*arguments, prefix=prefix, **options)

    monkeypatch.setattr("tests.harness.update.tempfile.mkstemp", full)
    outcome = site.pytest("docs", "--update")
    assert outcome.status == 1
    assert "docs/first.md: not updated: No space left on device" in outcome.text
    assert "updated docs/second.md: line 5" in outcome.text and "updated docs/first.md" not in outcome.text
    assert "\nnew\n" in (site.root / "docs/second.md").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_page_that_is_a_link_stays_one(site):
    page, _ = stale(site)
    link = site.root / "docs/link.md"
    link.symlink_to("page.md")
    outcome = site.pytest("docs/link.md", "docs/page.md", "--update")
    assert outcome.status == 0, outcome.text
    assert link.is_symlink() and "\nnew\n" in page.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_no_page_outside_the_repository_is_written(site, tmp_path):
    page, update = stale(site)
    outside = tmp_path / "outside.md"
    page.rename(outside)
    page.symlink_to(outside)
    with pytest.raises(UpdateError, match="a link that leads out of the repository"):
        apply(site.root, "docs/page.md", [update])
    assert "\nold\n" in outside.read_text()


def test_a_carriage_return_in_prose_ends_a_line_there_too(site):
    page, update = stale(site)
    page.write_bytes(b"\xef\xbb\xbfone\rtwo\r\n\n" + page.read_bytes())
    before = page.read_bytes()
    assert apply(site.root, "docs/page.md", [replace(update, line=8)]) == [8]
    assert page.read_bytes() == before.replace(b"\nold\n", b"\nnew\n")


def test_whatever_would_not_read_back_is_not_written(site, monkeypatch):
    monkeypatch.setattr("tests.harness.update.check", lambda *_: None)
    page, update = stale(site)
    before = page.read_bytes()
    for lines in (["```"], ["```", "# Heading", "```console", "$ python program.py"], ["a\rb"], ["$ ls"], ["\0"]):
        with pytest.raises(UpdateError, match="nothing was written"):
            apply(site.root, "docs/page.md", [replace(update, new=tuple(lines))])
    assert page.read_bytes() == before


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
