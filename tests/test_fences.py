"""Every fence of a page is of exactly one kind, however it is written, or the page is refused with the line."""

import functools
import re

import pytest
from byexample.pages.examples import Inline, NotRun, Program, Transcript
from byexample.pages.fences import OPENING, scan
from byexample.pages.files import pages
from byexample.pages.reader import read

from .conftest import REPOSITORY, shown, transcript

PAGES = [path.relative_to(REPOSITORY).as_posix() for path in pages(REPOSITORY)]
BOTH = shown("program.py") + "\n" + transcript("python program.py", "hello")
NOT_SHOWN = "the built page does not show this as a code block"


def kinds(examples) -> list[str]:
    return [type(example).__name__ for example in examples]


def indented(text: str, prefix: str) -> str:
    return "".join((prefix + line).rstrip() + "\n" for line in text.splitlines())


@functools.cache
def lines(page: str) -> list[str]:
    return (REPOSITORY / page).read_text("utf-8").split("\n")


# -- the pages of this repository


def test_pages_are_those_of_docs_and_of_the_root():
    assert {"README.md", "docs/index.md", "docs/contributing.md"} <= set(PAGES)
    assert sorted(PAGES) == PAGES and len(set(PAGES)) == len(PAGES)
    on_disk = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "docs").rglob("*.md")}
    assert on_disk <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_every_fence_of_the_repository_is_of_one_kind(page):
    read_page = read(REPOSITORY / page, REPOSITORY)
    assert read_page.problems == []
    fences = [example.fence for example in read_page.examples]
    assert len({fence.line for fence in fences}) == len(fences)
    # Counted without the harness: every line that opens or closes a fence is the first or last line of an example,
    # or stands inside one of other marks.
    marks = [number for number, line in enumerate(lines(page), 1) if re.match(r"[ \t>]*(```|~~~)", line)]
    covered = {number for fence in fences for number in range(fence.line, fence.end + 1)}
    assert [f"{page}:{number}" for number in marks if number not in covered] == []
    if page.endswith(".md"):
        assert len(fences) == len(scan("\n".join(lines(page))))


# -- one fence, written in many ways


@pytest.mark.parametrize(
    "opening",
    [
        '```python title="program.py"',
        "```python title='program.py'",
        '```python title="program.py" hl_lines="1"',
        '```python linenums="1" title="program.py"',
        '```python {title="program.py"}',
        '```python { title="program.py" }',
        '```python {title="program.py" .fails}',
        '```python {.works title="program.py" hl_lines="1"}',
        '```{.python title="program.py"}',
        '```{ .python title="program.py" .fails }',
        '```{.py title="program.py"}',
        '```py title="program.py"',
        '``` python title="program.py"',
        '```  python  title="program.py"  ',
        '````python title="program.py"',
        '~~~python title="program.py"',
        '~~~~ {.python title="program.py"}',
    ],
)
def test_a_program_is_claimed_however_its_fence_is_decorated(site, opening):
    site.write("snippets/program.py", "print('hello')\n")
    marks = opening[: len(opening) - len(opening.lstrip("`~"))]
    fence = f'{opening}\n--8<-- "snippets/program.py"\n{marks}\n'
    site.page(fence + "\n" + transcript("python program.py", "hello"))
    program, run = site.examples()
    assert (program.title, program.source.text, program.fence.line) == ("program.py", "print('hello')\n", 1)
    assert isinstance(run, Transcript) and site.read().programs[0].title == run.command.program


@pytest.mark.parametrize(
    "info",
    [
        "python",
        "py",
        " python",
        "{.python}",
        "{ .python }",
        '{.python hl_lines="1"}',
        'python hl_lines="1"',
    ],
)
def test_an_inline_block_is_claimed_however_its_fence_is_decorated(site, info):
    site.page(f"```{info}\nx = 1\n```\n")
    (block,) = site.examples()
    assert isinstance(block, Inline) and not block.doctest and block.source == "x = 1\n"


@pytest.mark.parametrize("info", ["python", "py", "pycon", " pycon", "{.pycon}", "{ .python }"])
def test_a_doctest_is_claimed_however_its_fence_is_decorated(site, info):
    site.page(f"```{info}\n>>> 1 + 1\n2\n```\n")
    (block,) = site.examples()
    assert isinstance(block, Inline) and block.doctest


@pytest.mark.parametrize(
    "opening",
    [
        "```console {exit=1}",
        "``` console {exit=1}",
        "```{.console exit=1}",
        "~~~ console { exit=1 }",
        "````console {exit='1'}",
    ],
)
def test_a_transcript_is_claimed_however_its_fence_is_decorated(site, opening):
    site.write("snippets/program.py", "print('hello')\n")
    marks = opening[: len(opening) - len(opening.lstrip("`~"))]
    site.page(shown("program.py") + f"\n{opening}\n$ python program.py\nhello\n{marks}\n")
    _, run = site.examples()
    assert isinstance(run, Transcript) and run.attributes.exit == 1 and run.output == ("hello",)


@pytest.mark.parametrize(
    "before, prefix",
    [
        ("", " "),
        ("", "  "),
        ("", "   "),
        ("- a list\n\n", "    "),
        ("- a list\n\n", "  "),
        ("1. a list\n\n", "   "),
        ("* a list\n\n", "\t"),
        ("- a list\n\n    - in a list\n\n", "        "),
        ("- a list\n\n\t- in a list\n\n", "\t\t"),
        ('=== "A tab"\n\n', "    "),
        ('=== "A tab"\n\n', "\t"),
        ('- a list\n\n    === "A tab"\n\n', "        "),
        ("!!! note\n\n", "    "),
        ("??? note\n\n", "    "),
        ('!!! note\n\n    === "A tab"\n\n', "        "),
        ("<div markdown>\n\n", ""),
        ("A paragraph.\n", ""),
        ("---\ndescription: front matter\n---\n\n", ""),
        ("<!-- a comment -->\n", ""),
    ],
    ids=repr,
)
def test_a_program_and_its_transcript_are_claimed_wherever_markdown_shows_them(site, before, prefix):
    site.write("snippets/program.py", "print('hello')\n")
    site.page(before + indented(BOTH, prefix))
    first = before.count("\n") + 1
    program, run = site.examples()
    assert isinstance(program, Program) and program.fence.line == first
    assert isinstance(run, Transcript) and run.fence.line == first + 4
    assert (run.command.text, run.output) == ("python program.py", ("hello",))


@pytest.mark.parametrize("prefix", ["> ", ">", "> > ", ">> "])
def test_blocks_and_transcripts_are_claimed_in_a_block_quote(site, prefix):
    site.write("snippets/program.py", "print('hello')\n")
    quoted = transcript("python program.py", "hello") + "\n```python\nx = 1\n```\n"
    site.page(shown("program.py") + "\n" + indented(quoted, prefix))
    _, run, block = site.examples()
    assert (run.output, block.source) == (("hello",), "x = 1\n")


def test_a_program_is_claimed_in_a_block_quote(site):
    site.write("snippets/program.py", "print('hello')\n")
    site.page(indented(shown("program.py"), "> ") + "\n" + transcript("python program.py", "hello"))
    assert site.refused() == [] and site.read().programs[0].source.text == "print('hello')\n"


def test_an_include_with_a_blank_behind_it_is_refused_because_the_build_does_not_expand_it(site):
    site.write("snippets/program.py", "print('hello')\n")
    site.page(BOTH.replace('program.py"\n```', 'program.py" \n```', 1))
    assert site.refused()[0].startswith("1: an include is one line, alone in its fence")


def test_lines_of_a_body_keep_their_own_indentation_and_blanks(site):
    site.write("snippets/program.py", "print('hello')\n")
    run = transcript("python program.py", "  hello  ", "", "\tthere", "    ```")
    site.page("- a list\n\n" + "".join(f"    {line}\n" for line in (shown("program.py") + "\n" + run).splitlines()))
    assert site.examples()[1].output == ("  hello  ", "", "\tthere", "    ```")


def test_characters_that_only_python_takes_for_line_ends_do_not_shift_lines(site):
    site.page("a\x0cb\x0bc\u2028d\x85e\n\n```python\nx = '\x0c\u2028'\n```\n\n```js\n1\n```\n")
    block, refused = site.examples()
    assert (block.fence.line, block.source) == (3, "x = '\x0c\u2028'\n")
    assert refused.line == 7


@pytest.mark.parametrize("inner", ["```python\nx = 1\n```", "~~~\nx = 1\n~~~", "```console\n$ ls\n```"])
def test_a_fence_inside_a_fence_of_more_marks_is_its_text(site, inner):
    site.page(f"````markdown\n{inner}\n````\n")
    assert kinds(site.examples()) == ["NotRun"]


# -- what is not run


@pytest.mark.parametrize("language", ["toml", "yaml", "json", "markdown", "mermaid"])
def test_these_languages_are_not_run(site, language):
    site.page(f'```{language} title="settings"\n[a]\n```\n')
    (example,) = site.examples()
    assert isinstance(example, NotRun)


@pytest.mark.parametrize(
    "name, allowed",
    [
        ("README.md", True),
        ("docs/contributing.md", True),
        ("docs/page.md", False),
        ("docs/answers/README.md", False),
        ("docs/answers/contributing.md", False),
        ("contributing.md", False),
    ],
)
def test_bash_is_for_the_set_up_lines_that_tests_know(site, name, allowed):
    site.page("```bash\npytest\n```\n", name)
    assert kinds(site.examples(name)) == (["NotRun"] if allowed else ["Refused"])
    if not allowed:
        told = "1: `bash` is for the set-up lines of README.md and docs/contributing.md"
        assert site.refused(name)[0].startswith(told)


@pytest.mark.parametrize(
    "language",
    [
        "text",
        "",
        "Python",
        "python3",
        "python-repl",
        "ipython",
        "sh",
        "shell",
        "powershell",
        "output",
        "pytb",
        "ini",
        "js",
        "c",
        "doctest",
        "TOML",
        "yml",
        "{.text}",
        "{}",
        "Console",
        "shell-session",
    ],
)
def test_any_other_language_is_refused_with_its_line_and_what_to_do(site, language):
    site.page(f"# Title\n\n```{language}\nx = 1\n```\n")
    (message,) = site.refused()
    assert message.startswith("3: ")
    assert "nothing runs or compares this fence. An output is a `console` fence below its program" in message
    assert "json, markdown, mermaid, toml, yaml" in message


def test_a_failure_names_the_page_the_line_and_what_to_do(site):
    site.page("# Title\n\nSome prose.\n\n```text\nhello\n```\n", "docs/folder/page.md")
    outcome = site.pytest()
    assert outcome.status == 1
    (message,) = outcome.failures
    assert message.startswith("docs/folder/page.md:5: `text`: nothing runs or compares this fence.")
    assert "FAILED docs/folder/page.md::line:5" in outcome.text


# -- what the built page does not show as a code block


@pytest.mark.parametrize(
    "info",
    [
        "python exit=1",
        "python title=p.py",
        "python {x",
        'python title="p.py',
        "python {.a",
        "python,x",
    ],
)
def test_attributes_that_markdown_does_not_read_are_refused(site, info):
    site.page(f"# Title\n\n```{info}\nx = 1\n```\n")
    (message,) = site.refused()
    assert message.startswith(f"3: {NOT_SHOWN}: ```{info}\n")
    assert "Attributes stand in braces after the language" in message


@pytest.mark.parametrize(
    "words",
    [
        "any-order",
        "exit=1",
        "exit=1 leaks",
        "{exit=1",
        "{exit=1} any-order",
        "any-order {exit=1}",
    ],
)
def test_bare_words_behind_console_are_refused(site, words):
    site.write("snippets/program.py", "print('hello')\n")
    site.page(shown("program.py") + "\n" + transcript("python program.py", "hello", attributes=words))
    assert any(message.startswith(f"5: {NOT_SHOWN}: ```console {words}\n") for message in site.refused())


@pytest.mark.parametrize("word", ["fails", "works", "skip", "run"])
def test_a_bare_word_behind_python_is_refused(site, word):
    site.page(f"```python {word}\nx = 1\n```\n")
    assert site.refused() == [f"1: unknown attribute `{word}` on a `python` fence (known: hl_lines, linenums)"]


def test_an_attribute_with_a_value_in_quotes_is_read_without_braces_as_markdown_reads_it(site):
    site.write("snippets/program.py", "print('hello')\n")
    site.page(shown("program.py") + "\n" + transcript("python program.py", attributes='start="spawn"'))
    assert site.examples()[1].attributes.start == ("spawn",)


@pytest.mark.parametrize(
    "before, prefix",
    [
        ("", "    "),  # an indented block
        ("a paragraph\n\n", "\t"),
        ("- a list\n\n", "         "),
        ("<!--\n", ""),  # with what closes it below
        ("<!-- a comment -->\n\n<!-- another\n\n", ""),
    ],
    ids=repr,
)
def test_a_fence_that_no_reader_sees_as_code_is_refused(site, before, prefix):
    site.page(before + indented("```python\nx = 1\n```\n", prefix) + ("-->\n" if "<!--" in before else ""))
    line = before.count("\n") + 1
    assert [message.partition("\n")[0] for message in site.refused()] == [f"{line}: {NOT_SHOWN}: ```python"]


@pytest.mark.parametrize(
    "page",
    [
        "<!-- before -->\n```python\nx = 1\n```\n<!-- after -->\n",
        "<!-- before -->\n\n```python\nx = 1\n```\n\n<!-- after -->\n",
        "<!--\nbefore\n-->\n\n```python\nx = 1\n```\n\n<!--\nafter\n-->\n",
        "<!--\n\n```python\nx = 1\n```\n",  # never closed: Markdown shows the marks as text, and the code as code
    ],
)
def test_a_fence_between_comments_is_claimed(site, page):
    site.page(page)
    assert kinds(site.examples()) == ["Inline"]


def test_a_fence_in_a_comment_is_refused_and_those_around_it_are_claimed(site):
    fence = "```python\nx = 1\n```\n\n"
    site.page(f"{fence}<!--\n{fence}-->\n\n{fence}")
    assert kinds(site.examples()) == ["Inline", "Refused", "Inline"]
    assert site.refused()[0].startswith("6: ")


def test_a_body_indented_less_than_its_fence_is_refused(site):
    site.page("- a list\n\n    ```python\n  x = 1\n    ```\n")
    assert site.refused()[0].startswith(f"3: {NOT_SHOWN}")


def test_text_that_looks_like_a_token_of_the_harness_claims_nothing(site):
    site.page("fence-0-of-this-page\n\n<!--\n```python\nfence-0-of-this-page\n```\n-->\n")
    assert kinds(site.examples()) == ["Refused"]


def test_code_in_a_line_is_prose(site):
    site.page("A `x = 1`, a ```y = 2``` and\n```z = 3```\n\n| a table |\n|---|\n| ```cell``` |\n")
    assert site.examples() == []


def test_the_pages_of_a_site_in_a_hidden_folder_are_found(tmp_path):
    root = tmp_path / ".cache" / "site"
    for name in ("docs/page.md", "docs/.theme/page.md", "README.md", "docs/folder/page.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    found = [path.relative_to(root).as_posix() for path in pages(root)]
    assert found == ["README.md", "docs/folder/page.md", "docs/page.md"]


def test_opening_marks_are_seen_behind_anything_that_markdown_might_read():
    for prefix in ("", " ", "    ", "\t", "> ", "- ", "* ", "+ ", "1. ", "12) ", "> - ", "- > "):
        for marks in ("```", "````", "~~~"):
            assert OPENING.match(f"{prefix}{marks}python"), prefix
    assert OPENING.match("``python") is None and OPENING.match("text ```python") is None
