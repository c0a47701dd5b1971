"""The tests and the build agree: what pytest accepts is published with its evidence, what one refuses both refuse."""

import subprocess
import sys
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from .agreement import FINE, Sides, accepted, outputs, refused, tabbed
from .conftest import shown, transcript
from .site.conftest import build as mkdocs_build


@pytest.fixture
def site(tmp_path, monkeypatch) -> Sides:
    monkeypatch.setenv("COLUMNS", "200")
    return Sides(tmp_path / "site")


# What a program prints, by the forms that the build could not publish once.
PRINTED = {
    "a tab": ("print('a\\tb')", "a\tb"),
    "an empty line first": ("print()\nprint('x')", "\nx"),
    "an empty line last": ("print('x')\nprint()", "x\n"),
    "empty lines only": ("print()\nprint()", "\n"),
    "a line of blanks": ("print('a')\nprint('   ')\nprint('b')", "a\n   \nb"),
    "blanks at the ends": ("print('  a  ')", "  a  "),
    "control characters": ("print('\\x02 \\x03 \\x1b[1m \\x7f')", "\x02 \x03 \x1b[1m \x7f"),
    "line ends of Unicode": ("print('a\\x0bb\\x0cc\\x85d\\u2028e\\u2029f')", "a\x0bb\x0cc\x85d\u2028e\u2029f"),
    "markup": ("print('<b>&amp;</b> `x` **y** [z](z)')", "<b>&amp;</b> `x` **y** [z](z)"),
    "marks of a fence, indented": ("print(' ```')", " ```"),
    "no line end": ("print('x', end='')", "x"),
    "nothing": ("pass", ""),
}


def prints(site: Sides, source: str, *lines: str) -> None:
    """A page with this program, and with a transcript of these lines."""
    site.program(source + "\n", transcript("python program.py", *lines))


@pytest.mark.parametrize("form", PRINTED)
def test_what_a_program_prints_is_proved_and_shown_to_the_character(site, form):  # D1, D2, D3, D5
    source, printed = PRINTED[form]
    ran = subprocess.run([sys.executable, "-c", source], capture_output=True, check=True, env={"PYTHONUTF8": "1"})
    assert ran.stdout.decode().removesuffix("\n") == printed
    prints(site, source, *(ran.stdout.decode().removesuffix("\n").split("\n") if ran.stdout else ()))
    assert accepted(site).outputs() == [printed]


def test_what_update_writes_is_published(site):  # D1, D2, D3, D5
    sources = [source for source, _ in PRINTED.values()]
    for number, source in enumerate(sources):
        site.write(f"snippets/program_{number}.py", source + "\n")
    names = [f"program_{number}.py" for number in range(len(sources))]
    site.page("\n".join(shown(name) + "\n" + transcript(f"python {name}") for name in names))
    assert site.pytest("docs", "--update").failures == []
    assert site.build().outputs() == [printed for _, printed in PRINTED.values()]


BLOCKS = {
    "a line of blanks": "x = 1\n   \nassert x == 1",
    "a tab": "if True:\n\tx = 'a\tb'\nassert x == 'a\tb'",
    "blanks at its ends": "\nx = 1  \n\n",
    "a control character in a string": "assert len('\x02') == 1",
    "the marks of a fence, indented, in a string": 'text = """\n  ```\n"""\nassert len(text) == 7',
    "the mark of an include, in a string": 'text = "x --8<--"\nassert len(text) == 8',
}


@pytest.mark.parametrize("form", BLOCKS)
def test_an_inline_block_is_proved_and_shown_whole(site, form):  # D4, D11
    site.page(f"```python\n{BLOCKS[form]}\n```\n")
    code = accepted(site).html["docs/page.md"].select_one("pre code")
    assert code.get_text().strip("\n") == BLOCKS[form].strip("\n")


def test_a_transcript_in_a_block_quote(site):  # D6
    quoted = "".join(f"> {line}\n" for line in FINE.splitlines())
    site.fine(quoted)
    built = accepted(site)
    assert built.outputs() == ["hello"]
    assert len(built.html["docs/page.md"].select("blockquote .terminal")) == 1


def test_a_transcript_in_an_admonition_indented_by_a_tab(site):  # D7
    site.fine('!!! note "A note"\n\n' + tabbed(FINE))
    built = accepted(site)
    assert built.outputs() == ["hello"]
    assert len(built.html["docs/page.md"].select(".admonition .terminal")) == 1


@pytest.mark.parametrize("attribute", ['timeout="4e1"', 'timeout=" 40 "', 'exit="+0"', 'exit="0_0"'])
def test_a_number_is_read_alike(site, attribute):  # D8
    site.fine(transcript("python fine.py", "hello", attributes=f"{{{attribute}}}"))
    assert accepted(site).outputs() == ["hello"]


def test_a_time_below_a_second_is_read_alike(site):  # D8
    prints(site, "import time\ntime.sleep(60)")
    site.page(shown("program.py") + '\n```console {hangs=".5"}\n$ python program.py\n```\n')
    built = accepted(site)
    assert "Still running after 0.5 seconds, then stopped." in built.html["docs/page.md"].get_text()


def test_a_start_method_that_the_program_does_not_pick(site):  # D9
    site.write(
        "snippets/picks.py", "import multiprocessing\nmultiprocessing.set_start_method('spawn')\nprint('hello')\n"
    )
    site.page(shown("picks.py") + "\n" + transcript("python picks.py", "hello", attributes='{start="fork"}'))
    (message,) = refused(site)
    assert message.startswith("docs/page.md:5: picks.py picks spawn itself")


SOURCES = {
    "a tab": "if True:\n\tprint('hello')\n",
    "a line of blanks": "x = 1\n    \nprint('hello')\n",
    "blanks at its ends": "\n\nprint('hello')  \n\n\n",
    "a control character": "print('hello')  # \x02\x0c\n",
    "no line end": "print('hello')",
    "line ends of Windows": "print('hello')\r\n# end\r\n",
    "a byte-order mark": "\ufeffprint('hello')\n",
    "markup": "print('hello')  # <b>&amp;</b> ``` --8<--\n",
}


@pytest.mark.parametrize("form", SOURCES)
def test_a_program_is_shown_whole(site, form):  # D10
    prints(site, SOURCES[form], "hello")
    site.write("snippets/program.py", SOURCES[form])
    code = accepted(site).html["docs/page.md"].select_one("pre code")
    expected = SOURCES[form].replace("\r\n", "\n").removeprefix("\ufeff")
    assert code.get_text().strip("\n") == expected.strip("\n")


def test_prose_that_begins_with_inline_code_between_three_marks(site):  # D11
    site.fine("```code``` is prose.\n\n" + FINE)
    built = accepted(site)
    assert built.outputs() == ["hello"]
    assert "```code``` is prose." in built.copies["docs/page.md"]


@pytest.mark.parametrize(
    ("fence", "fault"),
    [
        (transcript("python fine.py", "hello", attributes='{start="spwan"}'), "`start=spwan`"),
        (transcript("python fine.py", "hello", attributes='{exit="1.5"}'), "`exit=1.5`: not a number"),
        (transcript("python fine.py 'x", "hello"), "cannot read the command"),
        (transcript("python -m", "hello"), "no program in"),
        (transcript("python fine.py", "hello", attributes='{any-order="yes"}'), "`any-order` takes no value"),
        ("```python {.fails}\nx = 1\n```\n\n" + FINE, "unknown class `.fails`"),
    ],
)
def test_a_fault_is_one_failure_at_its_line(site, fence, fault):  # H1, and what the build crashed on or let through
    site.fine(fence)
    (message,) = refused(site)
    assert message.startswith(("docs/page.md:5: ", "docs/page.md:6: ")) and fault in message


def test_a_python_file_among_the_pages(site):  # H2
    site.fine(FINE)
    site.write("docs/guide/stray.py", "print('nobody runs this')\n")
    (message,) = refused(site)
    assert message.startswith("docs/guide/stray.py:1: a Python file among the pages: nothing runs it.")


def test_a_title_without_quotes(site):  # H3
    site.write("snippets/fine.py", "print('hello')\n")
    site.page('``` {.python title=fine.py}\n--8<-- "snippets/fine.py"\n```\n\n' + FINE)
    assert accepted(site).outputs() == ["hello"]  # a program that no page shows would be refused


@pytest.mark.parametrize(
    ("attributes", "fault"),
    [(".fails .works", "leave one of `.fails` and `.works` out"), ("#anchor", "`#anchor` on a fence is not honoured")],
)
def test_a_class_or_an_id_that_the_page_would_drop(site, attributes, fault):  # H4
    site.write("snippets/fine.py", "print('hello')\n")
    site.page(f'``` {{.python {attributes} title="fine.py"}}\n--8<-- "snippets/fine.py"\n```\n\n' + FINE)
    (message,) = refused(site)
    assert message.startswith("docs/page.md:1: ") and fault in message


def test_the_report_keeps_what_a_run_of_one_page_did_not_run(site):  # H5
    site.fine(FINE, "docs/first.md")
    site.fine(FINE + "\n```python\nx = 1\n```\n", "docs/second.md")
    arguments = ("docs/second.md", f"--junit-xml={site.root}/reports/local.xml")
    site.pytest()
    before = site.report()
    assert [page for page, _ in before] == ["docs/first.md", "docs/second.md", "docs/second.md"]

    dates = [suite.get("timestamp") for suite in suites(site)]
    site.pytest(*arguments)
    assert sorted(site.report()) == sorted(before)
    assert site.build().outputs("docs/first.md") == ["hello"]
    assert len(suites(site)) == 2 and suites(site)[1].get("timestamp") == dates[0]
    assert [case.get("name") for case in suites(site)[1].iter("testcase")] == ["line:5"]  # of the first page

    site.fine(FINE + "\n```python\ny = 2\n```\n", "docs/second.md")
    site.pytest(*arguments)
    assert len(site.report()) == 3 and len(set(site.report()) - set(before)) == 1  # the block that is gone has no legs
    assert site.build().outputs("docs/second.md") == ["hello"]

    site.write("snippets/fine.py", "print('another')\n")
    site.pytest(*arguments)
    assert len([page for page, _ in site.report() if page == "docs/first.md"]) == 1
    assert any("not what it printed" in leg.get("value", "") for leg in suites(site)[0].iter("property"))


def suites(site: Sides) -> list[ElementTree.Element]:
    """The parts of the kept report: first the last run's own."""
    return list(ElementTree.parse(site.root / "reports/local.xml").iter("testsuite"))


def test_mkdocs_itself_publishes_all_of_it(site):
    """One real build of what the build without MkDocs is asked above."""
    for number, (source, _) in enumerate(PRINTED.values()):
        site.write(f"snippets/program_{number}.py", source + "\n")
    names = [f"program_{number}.py" for number in range(len(PRINTED))]
    site.page("".join(f"{shown(name)}\n{transcript(f'python {name}')}\n" for name in names), "docs/index.md")
    site.page("".join(f"```python\n{block}\n```\n\n" for block in BLOCKS.values()), "docs/blocks.md")
    site.fine("".join(f"> {line}\n" for line in FINE.splitlines()), "docs/quote.md")
    site.fine('!!! note ""\n\n' + tabbed(FINE), "docs/note.md")
    for page in ("docs/index.md", "docs/blocks.md", "docs/quote.md", "docs/note.md"):
        text = (site.root / page).read_text("utf-8")
        site.page(f"---\ndescription: A page.\n---\n\n# A page\n\n{text}", page)
    site.mkdocs()
    assert site.pytest("docs", "--update").failures == []
    done = mkdocs_build(site.root / "built", root=site.root, EVIDENCE="examples", NPM="none: no Run buttons")
    assert done.returncode == 0, done.stdout + done.stderr

    def built(address: str) -> BeautifulSoup:
        return BeautifulSoup((site.root / "built" / address).read_text("utf-8"), "html.parser")

    assert outputs(built("index.html")) == [printed for _, printed in PRINTED.values()]
    assert outputs(built("quote/index.html")) == outputs(built("note/index.html")) == ["hello"]
    blocks = [block.get_text().strip("\n") for block in built("blocks/index.html").select("figure pre code")]
    assert blocks == [block.strip("\n") for block in BLOCKS.values()]


def test_mkdocs_itself_refuses_with_the_same_lines(site):
    site.fine(transcript("python fine.py", "hello", attributes='{exit="1.5"}') + "\n```text\nx\n```\n", "docs/index.md")
    text = (site.root / "docs/index.md").read_text("utf-8")
    site.page(f"---\ndescription: A page.\n---\n\n# A page\n\n{text}", "docs/index.md")
    site.mkdocs()
    messages = refused(site)
    assert len(messages) == 2
    done = mkdocs_build(site.root / "built", root=site.root, NPM="none: no Run buttons")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert all(message in done.stderr for message in messages), done.stderr
