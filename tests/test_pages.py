"""What a page may not do: each small page here would weaken the promise of the site, and is refused with its line."""

import re

import pytest
from byexample.pages.examples import Inline, Program, Refused

from .conftest import shown, transcript

RUN = transcript("python program.py", "hello")
SKIP_TOLD = 'skip comments are not honoured: say why on the fence itself, {skip="the reason"}; the reader sees it'
OUTSIDE_TOLD = (
    "an include outside a fence: its examples would be hidden from the tests. Include whole programs, in a fence"
)


def include(path: str, title: str = "program.py") -> str:
    """A fence that includes this path; the include is its line 2."""
    return f'```python title="{title}"\n--8<-- "{path}"\n```\n'


@pytest.fixture
def site(site):
    site.write("snippets/program.py", "print('hello')\n")
    return site


def first(site) -> str:
    return site.refused()[0]


# -- fences that do not end, pages that are no text


@pytest.mark.parametrize(
    "page, line, marks",
    [
        ("# Title\n\n```python\nx = 1\n", 3, "```"),
        ("```python\nx = 1\n```\n\n```python\ny = 1\n", 5, "```"),
        ("```python\nx = 1\n````\n", 1, "```"),
        ("````python\nx = 1\n```\n", 1, "````"),
        ("~~~python\nx = 1\n```\n", 1, "~~~"),
        ("- a list\n\n  ```python\n  x = 1\n        ```\n", 3, "```"),
    ],
)
def test_a_fence_that_is_never_closed_is_refused(site, page, line, marks):
    site.page(page)
    assert site.refused() == [f"{line}: this fence is never closed: end it with a line {marks}"]


@pytest.mark.parametrize(
    "content, line",
    [
        (b"# Title\n\nOne byte: \xff\n", 3),
        ("# Title\n\nGr\u00fc\u00dfe\n".encode("latin-1"), 3),
        ("# Title\n".encode("utf-16"), 1),
    ],
)
def test_a_page_that_is_not_utf_8_is_refused_with_the_line_of_the_byte(site, content, line):
    site.page(content)
    (message,) = site.refused()
    assert message.startswith(f"{line}: not UTF-8 (") and message.endswith("save it as UTF-8")


def test_pytest_names_the_page_that_is_not_utf_8_and_runs_the_others(site):
    site.page(b"# Title\n\n\xff\n" + shown("program.py").encode(), "docs/broken.md")
    site.page("```python\nx = 1\n```\n", "docs/sound.md")
    outcome = site.pytest()
    assert outcome.status == 1
    assert [message.partition(" (")[0] for message in outcome.failures] == ["docs/broken.md:3: not UTF-8"]
    assert "1 failed, 1 passed" in outcome.text


@pytest.mark.parametrize("content", ["", "\n", "  \n\n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_page_is_refused(site, content):
    site.page(content)
    assert site.refused() == ["1: this page is empty: write it or delete it"]


def test_pytest_names_the_empty_page(site):
    site.page("")
    (site.root / "snippets/program.py").unlink()
    assert site.pytest().failures == ["docs/page.md:1: this page is empty: write it or delete it"]


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks_of_other_systems_change_nothing(site, newline, mark):
    page = shown("program.py") + "\n" + RUN + "\n```python\nx = 1\n```\n"
    site.page(mark + page.replace("\n", newline).encode())
    program, run, block = site.examples()
    assert (program.fence.line, run.fence.line, block.fence.line) == (1, 5, 10)
    assert (run.command.text, run.output, block.source) == ("python program.py", ("hello",), "x = 1\n")


def test_a_page_in_crlf_with_a_byte_order_mark_passes_and_fails_like_any_other(site):
    page = shown("program.py") + "\n" + transcript("python program.py", "HELLO", attributes='{start="spawn"}')
    site.page(b"\xef\xbb\xbf" + page.replace("\n", "\r\n").encode())
    (message,) = site.pytest().failures
    assert message.startswith("docs/page.md:5: `python program.py`: not what it printed")
    assert "-HELLO\n+hello\n" in message


# -- includes


@pytest.mark.parametrize(
    "path, told",
    [
        ("snippets/progam.py", "did you mean snippets/program.py?"),
        ("snippets/Program.py", "did you mean snippets/program.py?"),
        ("snippets/deep/program.py", "did you mean snippets/program.py?"),
        ("snippets/other.py", "did you mean snippets/answers/other.py?"),
        ("snippets/asnwers/other.py", "did you mean snippets/answers/other.py?"),
    ],
)
def test_an_include_of_a_missing_file_is_refused_and_names_the_one_that_is_meant(site, path, told):
    site.write("snippets/answers/other.py", "")
    site.page(include(path, path.rpartition("/")[2]))
    assert site.refused() == [f"2: no file `{path}`; {told}"]


@pytest.mark.parametrize("path", ["snippets/nothing_like_it.py", "snippets", "snippets/", "snippets/answers"])
def test_an_include_of_what_is_no_file_is_refused(site, path):
    site.write("snippets/answers/other.py", "")
    site.page(include(path))
    assert site.refused() == [f"2: no file `{path}`"]


@pytest.mark.parametrize(
    "path",
    [
        "../secret.py",
        "snippets/../../secret.py",
        "/etc/hostname",
        "docs/program.py",
        "program.py",
        "mkdocs.yml",
        "snippets/../docs/program.py",
        "snippets_of_others/program.py",
        "https://example.com/program.py",
    ],
)
def test_an_include_of_a_file_that_is_not_below_snippets_is_refused(site, path):
    for name in ("../secret.py", "docs/program.py", "program.py", "snippets_of_others/program.py"):
        site.write(name, "")
    site.page(include(path))
    assert site.refused() == [f"2: `{path}` is not below snippets/"]


def test_an_include_of_a_link_that_leads_out_of_snippets_is_refused(site):
    target = site.write("docs/program.py", "")
    try:
        (site.root / "snippets/link.py").symlink_to(target)
    except OSError as error:
        pytest.skip(f"this system lets tests make no links: {error}")
    site.page(include("snippets/link.py", "link.py"))
    assert site.refused() == ["2: `snippets/link.py` is not below snippets/"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x89PNG\r\n\x00", b"x = 1\x00\n", "x = 'ä'".encode("latin-1")])
def test_an_include_of_a_file_that_is_no_text_is_refused(site, content):
    site.write("snippets/binary.py", content)
    site.page(include("snippets/binary.py", "binary.py"))
    assert site.refused() == ["2: `snippets/binary.py` is not text in UTF-8"]


@pytest.mark.parametrize("part", [":part", ":1:2", ":2", "::2", ":-3", ":1:2,4:6", ":1,3:", ":"])
def test_an_include_of_a_part_of_a_file_is_refused(site, part):
    site.page(include("snippets/program.py" + part) + "\n" + RUN)
    assert first(site) == f"2: `snippets/program.py{part}`: a program is shown whole, without a section or line range"


@pytest.mark.parametrize(
    "body",
    [
        '--8<-- "snippets/program.py"\n--8<-- "snippets/program.py"',
        'x = 1\n--8<-- "snippets/program.py"',
        '--8<-- "snippets/program.py"\nx = 1',
        '\n--8<-- "snippets/program.py"',
        "--8<--\nsnippets/program.py\n--8<--",
        "--8<-- 'snippets/program.py'",
        '---8<--- "snippets/program.py"',
        '    --8<-- "snippets/program.py"',
        '--8<--"snippets/program.py"',
        "--8<-- snippets/program.py",
        "-8<- [start:part]",
    ],
)
def test_an_include_that_is_not_one_whole_program_is_refused(site, body):
    site.page(f'```python title="program.py"\n{body}\n```\n\n' + RUN)
    assert first(site) == '1: an include is one line, alone in its fence: --8<-- "snippets/FOLDER/NAME.py"'


@pytest.mark.parametrize(
    "form",
    [
        '--8<-- "snippets/program.py"',
        "--8<-- 'snippets/program.py'",
        '  --8<-- "snippets/program.py"',
        '\t--8<-- "snippets/program.py"',
        '-8<- "snippets/program.py"',
        '---8<--- "snippets/program.py"',
        '> --8<-- "snippets/program.py"',
        '--8<-- "snippets/program.py:part"',
        '--8<-- "docs/other.md"',
        '--8<-- "; snippets/program.py"',
        "--8<--",
    ],
)
def test_an_include_outside_a_fence_is_refused(site, form):
    site.page(f"# Title\n\nProse.\n\n{form}\n")
    assert f"5: {OUTSIDE_TOLD}" in site.refused()


def test_both_marks_of_an_include_of_several_files_outside_a_fence_are_refused(site):
    site.page("# Title\n\n--8<--\ndocs/other.md\ndocs/another.md\n--8<--\n")
    assert site.refused() == [f"3: {OUTSIDE_TOLD}", f"6: {OUTSIDE_TOLD}"]


def test_an_escaped_include_is_text(site):
    site.page('# Title\n\n;--8<-- "snippets/program.py"\n\n````markdown\n;--8<-- "x"\n````\n')
    assert site.refused() == []


@pytest.mark.parametrize("language", ["yaml", "toml", "json", "markdown", "mermaid", "console"])
def test_an_include_in_a_fence_that_is_no_program_is_refused(site, language):
    site.page(f'```{language}\n--8<-- "snippets/program.py"\n```\n')
    assert site.refused() == [f"1: only programs are included: write out what this `{language}` fence shows"]


def test_an_include_below_the_command_of_a_transcript_is_refused(site):
    site.page(shown("program.py") + '\n```console\n$ python program.py\n--8<-- "snippets/output.txt"\n```\n')
    assert site.refused()[-1].startswith("5: an include is one line, alone in its fence")


def test_a_pycon_fence_does_not_show_a_program(site):
    site.page('```pycon title="program.py"\n--8<-- "snippets/program.py"\n```\n')
    assert site.refused() == ["1: `pycon` is for doctests: a program stands in a `python` fence"]


# -- names


@pytest.mark.parametrize(
    "fence, told",
    [
        ('```python\n--8<-- "snippets/program.py"\n```\n', 'this program needs its name: ```python title="program.py"'),
        (include("snippets/program.py", ""), 'this program needs its name: ```python title="program.py"'),
        (include("snippets/program.py", "other.py"), "the title `other.py` is not the file's own name, `program.py`"),
        (include("snippets/program.py", "gram.py"), "the title `gram.py` is not the file's own name, `program.py`"),
        (include("snippets/program.py", "program"), "the title `program` is not the file's own name, `program.py`"),
        (
            include("snippets/program.py", "Program.py"),
            "the title `Program.py` is not the file's own name, `program.py`",
        ),
        (
            '```python title="program.py"\nprint()\n```\n',
            'a program lives in snippets/: put it there and include it, --8<-- "snippets/…/program.py"',
        ),
    ],
)
def test_a_program_carries_its_own_name(site, fence, told):
    site.page(fence + "\n" + RUN)
    assert first(site) == f"1: {told}"


def test_a_program_in_a_package_may_carry_its_path(site):
    site.write("snippets/answers/package/__main__.py", "print('hello')\n")
    site.page(include("snippets/answers/package/__main__.py", "package/__main__.py") + transcript("python -m package"))
    assert site.refused() == []


def test_a_program_shown_twice_on_a_page_is_refused_the_second_time(site):
    site.page(shown("program.py") + "\n" + RUN + "\n" + shown("program.py"))
    assert site.refused() == ["10: the page shows program.py twice (line 1)"]


def test_one_name_for_two_files_on_one_page_is_refused(site):
    site.write("snippets/deep/program.py", "print('bye')\n")
    site.page(shown("program.py") + "\n" + RUN + "\n" + include("snippets/deep/program.py"))
    assert site.refused() == ["10: the page shows program.py twice (line 1)"]


def test_one_file_may_be_shown_on_two_pages(site):
    site.page(shown("program.py") + "\n" + RUN, "docs/one.md")
    site.page(shown("program.py") + "\n" + RUN, "docs/two.md")
    assert site.refused("docs/one.md") == site.refused("docs/two.md") == []


# -- programs and their transcripts


def test_a_program_that_nothing_runs_is_refused_with_the_fence_to_add(site):
    site.page("# Title\n\n" + shown("program.py"))
    (message,) = site.refused()
    assert message.startswith("3: nothing runs program.py on this page: add its transcript")
    assert message.endswith("```console\n$ python program.py\n```")


@pytest.mark.parametrize(
    "source",
    [
        "import program\n",
        "from program import f\n",
        "def f():\n    import program\n",
        "import os, program as other\n",
    ],
)
def test_a_program_that_a_running_one_imports_runs(site, source):
    site.write("snippets/main.py", source)
    site.page(shown("program.py") + shown("main.py") + transcript("python main.py"))
    assert site.refused() == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 'import program'\n",
        "# import program\n",
        "import program_of_others\n",
        "x = (\n",
    ],
)
def test_a_program_that_another_one_only_mentions_does_not_run(site, source):
    site.write("snippets/main.py", source)
    site.page(shown("program.py") + shown("main.py") + transcript("python main.py"))
    assert [message.partition(" on")[0] for message in site.refused()] == ["1: nothing runs program.py"]


def test_imports_are_followed_from_one_program_to_the_next_and_into_packages(site):
    files = {
        "main.py": "import first\n",
        "first.py": "from package import second\n",
        "package/__init__.py": "",
        "package/second.py": "from . import third\nfrom .fourth import x\n",
        "package/third.py": "",
        "package/fourth.py": "x = 1\n",
        "package/fifth.py": "",
    }
    for name, source in files.items():
        site.write(f"snippets/{name}", source)
    fences = [include(f"snippets/{name}", name) for name in files]
    site.page("".join(fences) + transcript("python main.py"))
    assert [message.partition(" on")[0] for message in site.refused()] == ["19: nothing runs package/fifth.py"]


@pytest.mark.parametrize(
    "block, runs",
    [
        ("import program", True),
        (">>> from program import f", True),
        ("program = 1", False),
        ("x = 'program'", False),
        (">>> 'program'\n'program'", False),
    ],
)
def test_a_program_that_an_inline_block_imports_runs_and_one_that_it_names_does_not(site, block, runs):
    site.page(shown("program.py") + f"\n```python\n{block}\n```\n")
    assert isinstance(site.examples()[0], Program if runs else Refused)


@pytest.mark.parametrize(
    "command, runs",
    [
        ("python -m program", True),
        ('python -c "import program"', True),
        ("python -c \"exec(open('program.py').read())\"", True),
        ("python main.py program.py", True),
        ("python main.py program", False),
        ('python -c "print(1)" program', False),
    ],
)
def test_a_program_that_a_command_names_runs(site, command, runs):
    site.write("snippets/main.py", "print('hello')\n")
    site.page(shown("program.py") + shown("main.py") + transcript("python main.py") + transcript(command))
    assert isinstance(site.examples()[0], Program if runs else Refused)


@pytest.mark.parametrize(
    "command",
    [
        "python program.py",
        "python -m program",
        "python < program.py",
        "python -u program.py x",
    ],
)
def test_a_transcript_with_no_program_above_it_is_refused(site, command):
    site.page("# Title\n\n" + transcript(command))
    assert site.refused() == ["4: no program `program.py` above this transcript (above it: none)"]


def test_a_transcript_above_its_program_is_refused(site):
    site.page(RUN + "\n" + shown("program.py"))
    assert first(site) == "2: no program `program.py` above this transcript (above it: none)"


def test_a_transcript_of_a_program_on_another_page_is_refused(site):
    site.write("snippets/other.py", "")
    site.page(shown("program.py") + "\n" + RUN, "docs/one.md")
    site.page(shown("other.py") + transcript("python other.py") + RUN)
    assert site.refused() == ["8: no program `program.py` above this transcript (above it: other.py)"]


def test_the_working_folder_of_a_command_holds_all_programs_of_the_page(site):
    site.write("snippets/other.py", "import program\n")
    site.page(shown("program.py") + RUN + shown("other.py") + transcript("python other.py", "hello"))
    assert [program.title for program in site.read().programs] == ["program.py", "other.py"]
    assert site.pytest().failures == []


@pytest.mark.parametrize(
    "body, told",
    [
        ("", "1: a transcript starts with its command: $ python NAME.py"),
        ("\n", "1: a transcript starts with its command: $ python NAME.py"),
        ("hello\n", "1: a transcript starts with its command: $ python NAME.py"),
        ("\n$ python program.py\n", "1: a transcript starts with its command: $ python NAME.py"),
        ("# $ python program.py\n", "1: a transcript starts with its command: $ python NAME.py"),
        ("python program.py\nhello\n", "1: a transcript starts with its command: $ python NAME.py"),
        ("> python program.py\n", "1: a transcript starts with its command: $ python NAME.py"),
        ("$\n", "1: a transcript starts with its command: $ python NAME.py"),
        ("$ \n", "2: unknown command ``: write `$ python [options] NAME.py [arguments]`, or -m, -c, `< NAME.py`"),
    ],
)
def test_a_transcript_starts_with_its_command(site, body, told):
    site.page(f"```console\n{body}```\n")
    assert site.refused() == [told]


def test_two_commands_in_one_transcript_are_refused_with_the_line_of_the_second(site):
    site.page(shown("program.py") + transcript("python program.py", "hello", "$ python program.py", "hello"))
    assert site.refused()[-1] == "7: one command a transcript: give this one a fence of its own"


# -- contradicting transcripts of one command


@pytest.mark.parametrize(
    "one, other, overlap",
    [
        ("", "", "fork on Python 3.11.0"),
        ("{exit=1}", "{any-order}", "fork on Python 3.11.0"),
        ('{start="spawn"}', "", "spawn on Python 3.11.0"),
        ('{start="fork,forkserver"}', '{start="spawn,forkserver"}', "forkserver on Python 3.11.0"),
        ('{python=">=3.14"}', '{python="<=3.14"}', "fork on Python 3.14.0"),
        ('{python=">=3.14"}', '{start="spawn"}', "spawn on Python 3.14.0"),
        ('{python=">=3.14" start="fork,spawn"}', '{python="<3.14.3" start="spawn"}', "spawn on Python 3.14.0"),
        ('{python=">=3.14.2"}', '{python="<=3.14.2"}', "fork on Python 3.14.2"),
        ('{python="!=3.14.*"}', '{python="!=3.15.*"}', "fork on Python 3.11.0"),
        ('{system="Linux,macOS"}', '{system="Windows,Linux"}', "fork on Python 3.11.0"),
        ('{skip="for a reason"}', "", "fork on Python 3.11.0"),
    ],
)
def test_two_transcripts_of_one_command_that_speak_for_the_same_leg_are_refused(site, one, other, overlap):
    run = [transcript("python program.py", "hello", attributes=attributes) for attributes in (one, other)]
    site.page(shown("program.py") + "\n" + "\n".join(run))
    told = f"10: this transcript and the one at line 5 both speak for start method {overlap}: split them with"
    assert [message[: len(told)] for message in site.refused()] == [told]


@pytest.mark.parametrize(
    "one, other",
    [
        ('{start="spawn"}', '{start="fork,forkserver"}'),
        ('{python=">=3.14"}', '{python="<3.14"}'),
        ('{python="==3.14.*"}', '{python="!=3.14.*"}'),
        ('{python=">=3.14" start="fork"}', '{python=">=3.14" start="spawn"}'),
        ('{python=">=3.14" start="fork"}', '{python="<3.14" start="fork"}'),
        ('{system="Linux"}', '{system="macOS,Windows"}'),
        ('{gil="on"}', '{gil="off"}'),
    ],
)
def test_transcripts_of_one_command_may_share_out_the_legs(site, one, other):
    run = [transcript("python program.py", "hello", attributes=attributes) for attributes in (one, other)]
    site.page(shown("program.py") + "\n" + "\n".join(run))
    assert site.refused() == []


def test_transcripts_of_different_commands_may_speak_for_the_same_legs(site):
    site.page(shown("program.py") + RUN + transcript("python program.py x") + transcript("python -u program.py"))
    assert site.refused() == []


# -- code that is in no fence


@pytest.mark.parametrize(
    "block, line",
    [
        ("    x = 1\n", 5),
        ("\tx = 1\n", 5),
        ("- a list\n\n        x = 1\n", 7),
        ("!!! note\n\n        x = 1\n", 7),
        ("<pre>x = 1</pre>\n", 5),
        ("<pre><code>x = 1</code></pre>\n", 5),
        ("<PRE class='output'>\nx = 1\n</PRE>\n", 6),
        ("<div markdown>\n<pre>\nx = 1\n</pre>\n</div>\n", 7),
        ("Prose <pre>x = 1</pre> and prose.\n", 5),
        ("<pre>\nx = 1\n", 6),
    ],
)
def test_an_indented_or_pre_block_is_refused(site, block, line):
    site.page(f"# Title\n\nProse.\n\n{block}")
    (message,) = site.refused()
    assert message.startswith(f"{line}: an indented or <pre> block: 'x = 1'\nNothing runs it. Make it a fence")


def test_each_of_several_equal_blocks_is_refused_with_its_own_line(site):
    site.page("# Title\n\n    x = 1\n\nProse.\n\n    x = 1\n\n```python\n    x = 1\n```\n\n    x = 1\n")
    assert [message.partition(":")[0] for message in site.refused()] == ["3", "7", "10", "13"]  # 10: Python refuses it


def test_blocks_in_comments_are_not_on_the_page(site):
    site.page("# Title\n\n<!-- <pre>x = 1</pre> -->\n\n<!--\n\n    x = 1\n\n-->\n")
    assert site.refused() == []


def test_a_fence_in_a_notebooks_prose_is_refused(site):
    notebook = "# %% [markdown]\n# Prose.\n#\n# ```python\n# x = 1\n# ```\n\n# %%\nx = 1\n"
    site.page(notebook, "docs/lab/notebook.py")
    told = "a fence in a notebook's prose: nothing runs it. Make it a cell"
    assert site.refused("docs/lab/notebook.py") == [f"4: {told}", f"6: {told}"]


@pytest.mark.parametrize("fence", ["# > ```", "#   ~~~", "# - ```python", "#```", "# 1. ```", '"""\n```text'])
def test_a_fence_anywhere_in_a_notebooks_prose_is_refused(site, fence):
    site.page(f"# %% [markdown]\n{fence}\n", "docs/lab/notebook.py")
    assert len(site.refused("docs/lab/notebook.py")) == 1


@pytest.mark.parametrize("prose", ["#     never = 'ran'", "# <pre>\n# never ran\n# </pre>"])
def test_a_block_in_a_notebooks_prose_is_refused(site, prose):
    site.page(f"# %%\nx = [\n    1,\n]\n\n# %% [markdown]\n# Prose.\n#\n{prose}\n", "docs/lab/notebook.py")
    (told,) = site.refused("docs/lab/notebook.py")
    assert re.match("(9|10): an indented or <pre> block: ", told) and told.endswith("Nothing runs it. Make it a cell")


def test_a_notebook_without_fences_is_left_to_the_build(site):
    site.page("# %% [markdown]\n# Prose with `x`.\n\n# %%\nx = 1\n", "docs/lab/notebook.py")
    assert site.refused("docs/lab/notebook.py") == []


# -- comments that would skip


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- skip: next -->",
        "<!--skip: next-->",
        "<!--- skip: start -->",
        "<!-- skip -->",
        "<!-- SKIP: next -->",
        '<!-- skip: next "for a reason" -->',
        '<!-- skip: next if(True, reason="why") -->',
        "    <!-- skip: next -->",
        "Prose. <!-- skip: next -->",
    ],
)
def test_a_skip_comment_is_refused_and_skips_nothing(site, comment):
    site.page(f"Prose.\n{comment}\n\n```python\n1 / 0\n```\n")
    assert site.refused() == [f"2: {SKIP_TOLD}"]
    assert isinstance(site.examples()[-1], Inline)
    assert any("ZeroDivisionError" in message for message in site.pytest().failures)


def test_a_skip_comment_inside_a_fence_is_its_text(site):
    site.page("```markdown\n<!-- skip: next -->\n```\n")
    assert site.refused() == []


def test_a_skipped_transcript_shows_its_reason(site):
    run = transcript("python program.py", attributes='{skip="needs a second machine"}')
    site.page(shown("program.py") + "\n" + run)
    outcome = site.pytest()
    assert outcome.status == 0 and "1 passed, 1 skipped" in outcome.text
    assert "proved by no leg of this run:\n  docs/page.md:5: needs a second machine" in outcome.text


# -- one mistake hides nothing else


def test_all_that_is_wrong_on_a_page_is_told_and_the_rest_still_runs(site):
    site.page(
        "```text\nhello\n```\n\n"  # 1
        "```python\n1 / 0\n```\n\n"  # 5, fails when it runs
        + shown("program.py")  # 9
        + transcript("python program.py", "bye", attributes='{start="spawn"}')  # 12, fails when it runs
        + "\n    an indented block\n\n"  # 17
        + "<!-- skip: next -->\n"  # 19
    )
    outcome = site.pytest()
    told = sorted((message.partition(" ")[0] for message in outcome.failures), key=lambda one: int(one.split(":")[1]))
    assert told == [f"docs/page.md:{line}:" for line in (1, 6, 12, 17, 19)]
    assert "5 failed, 1 passed" in outcome.text
