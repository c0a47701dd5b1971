"""Any text that a program can print, any program, any page: shown, compared, hashed and proved alike, or refused.

No program runs here: what it would have printed is given to what compares, rewrites, hashes and shows.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from byexample.build import Build, faults, read_all
from byexample.pages.digest import example_digest, transcript_digest
from byexample.pages.examples import Refused
from byexample.pages.places import START_METHODS, Place
from byexample.pages.rendering import TOKENS
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .agreement import Sides, outputs, rendered
from .conftest import HELLO, shown, transcript
from .harness import compare
from .harness.collect import sybils
from .harness.evaluate import Output, Result, compare_outputs, decode
from .harness.legs import Interpreter, Leg
from .harness.run import Run
from .harness.update import Update, UpdateError, apply

# The same examples in each run, on each machine.
REPRODUCIBLE = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=False
)
PYTHON = Interpreter("python", Place("CPython", "3.14.2", "Linux"), START_METHODS, "spawn", ("/usr/lib/nowhere",))
LEG = Leg(PYTHON, "spawn", "spawn")

CHARACTER = st.characters(exclude_categories=["Cs"])
AWKWARD = st.sampled_from(
    [
        *"\t\x0b\x0c\x1c\x02\x03\x85\u2028\ufeff\xa0 >$`~.&<\\\r\0\n",
        *["\n", "\r\n", "\n\n", "```", "~~~~", "...", "$ ", "    ", "- ", "--8<-- ", '--8<-- "x"', "<b>", "&amp;"],
        *["\x1b[1m", "fence-0-of-this-page", "\x02wzxhzdk:0\x03"],
    ]
)
TEXT = st.lists(st.one_of(AWKWARD, AWKWARD, CHARACTER, st.text(CHARACTER, max_size=5)), max_size=12).map("".join)
# Where a transcript may stand: what comes above it, and what its lines begin with.
PLACES = [
    ("", ""),
    ("", "> "),
    ('!!! note ""\n\n', "    "),
    ('!!! note ""\n\n', "\t"),
    ('=== "a"\n\n', "    "),
    ("- x\n\n", "    "),
]


@contextmanager
def small_site() -> Iterator[Sides]:
    with tempfile.TemporaryDirectory() as folder:
        yield Sides(Path(folder, "site"))


def print_on(site: Sides, text: str) -> str:
    """Updates docs/page.md as if the program of its only transcript had printed this; the digest for the report."""
    page = site.read()
    (mine,) = page.transcripts
    run = Run(text.encode(), 0, 0.1, False, (), None, frozenset(), (), "/tmp/nowhere")
    result = Result()
    compare_outputs(page, mine, [Output(LEG, run, decode(run.output))], result, update=True)
    assert result.problems == {}
    if result.wanted is None:
        return transcript_digest(page, mine, mine.output)
    wanted = tuple(result.wanted)
    apply(site.root, page.name, [Update(page.name, mine.fence.line, mine.command.text, mine.output, wanted)])
    return transcript_digest(page, mine, wanted)


def is_unfit(line: str, prefix: str) -> bool:
    """Whether no transcript between marks of three backticks, behind this prefix, can have this line."""
    marked = line.lstrip(" \t>")
    is_include = marked.startswith("-") and marked.lstrip("-").startswith("8<-")
    # A fence that is indented by a tab is closed by marks behind up to four blanks.
    is_end = marked.rstrip(" \t") == "```" and len(line) - len(marked) <= len(prefix.expandtabs(4)) - len(prefix)
    return bool(set("\0\r") & set(line)) or line.startswith("$ ") or is_include or is_end or bool(TOKENS.search(line))


def behind(prefix: str, lines: Sequence[str]) -> str:
    return "\n".join(prefix + line if line else prefix.rstrip() for line in lines)


@settings(REPRODUCIBLE, max_examples=150)
@given(text=TEXT, place=st.sampled_from(PLACES))
@example("\n", PLACES[0])
@example("x\n\n\n", PLACES[1])
@example("a\rb\n", PLACES[0])
@example("```\n", PLACES[1])
@example("   ```\n", PLACES[3])
@example("    ", PLACES[0])
@example("0x12345\n...\n", PLACES[0])
@example("first line\n$ \n", PLACES[0])
@example("\0", PLACES[2])
def test_any_output(text: str, place: tuple[str, str]):
    above, prefix = place
    with small_site() as site:
        site.write("snippets/fine.py", HELLO)
        opening, command, end, _ = transcript("python fine.py").split("\n")
        head = f"{shown('fine.py')}\n{above}"
        path = site.page(head + behind(prefix, [opening, command, end]) + "\n\nThe end.\n")
        before, lines = path.read_bytes(), decode(text.encode())
        unfit = [line for line in lines if is_unfit(line, prefix)]
        try:
            digest = print_on(site, text)
        except UpdateError as error:
            where = f"docs/page.md:{head.count(chr(10)) + 1}: "
            assert unfit and str(error).startswith(where) and f"the page cannot hold: {unfit[0]!r}." in str(error)
            assert path.read_bytes() == before and os.listdir(path.parent) == ["page.md"]
            return
        assert not unfit

        build = Build(site.root, pages=read_all(site.root))
        page = build.pages["docs/page.md"]
        assert faults([page]) == []
        (written,) = page.transcripts
        assert compare.matches(written.output, lines, any_order=False)
        assert list(written.output) == lines or "0x" in text  # addresses are elided
        assert example_digest(page, written) == digest
        others = [[*written.output, ""], ["", *written.output], [line + " " for line in written.output] or [""]]
        assert digest not in [transcript_digest(page, written, other) for other in others]
        html, copy = rendered(build, page.name)
        assert outputs(html) == ["\n".join(written.output)]
        in_copy = "" if above.startswith("===") else prefix  # tabs stand one below the other there
        assert behind(in_copy, [command, *written.output]) + "\n" in copy


LINES_OF_CODE = ["x = 1\n", "if x:\n\ty\n", "import os\n", "# /// script\n", "# ///\n", "# a = 1\n", "#", '"""']
SOURCE = st.lists(st.one_of(AWKWARD, CHARACTER, st.sampled_from(LINES_OF_CODE)), max_size=14).map("".join)


@settings(REPRODUCIBLE, max_examples=150)
@given(source=SOURCE)
@example("\ufeffprint('hello')\n")
@example("\n\n\tx\n   \n\n")
@example("a\rb\r\nc\x0c\x85d")
@example("# /// script\n# dependencies = 1\n# ///\n")
@example("\x0c\x85\n" + "x" * 70)
def test_any_program(source: str):
    with small_site() as site:
        site.write("snippets/fine.py", source)
        site.page(shown("fine.py") + "\n" + transcript("python fine.py", "hello"))
        build = Build(site.root, pages=read_all(site.root))
        page = build.pages["docs/page.md"]
        if page.refused:
            (message,) = faults([page])
            assert message.startswith("docs/page.md:2: ")
            assert "\0" in source or "# /// script" in source or max(map(len, source.split("\n"))) > 68
            return
        assert faults([page]) == []
        text = page.programs[0].source.text
        assert text == source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        html, copy = rendered(build, page.name)
        code = html.select_one("figure.example > .highlight code")
        assert code.get_text().strip("\n") == text.strip("\n")
        assert f"python\n{text.removesuffix(chr(10))}\n```" in copy
        digest = example_digest(page, page.transcripts[0])
        site.write("snippets/fine.py", source + "#")
        changed = site.read()
        assert changed.refused or example_digest(changed, changed.transcripts[0]) != digest


LINES = st.sampled_from(
    [
        *["", "", "", "A paragraph.", "# Heading", "- item", "1. item", "> quote", "    indented", "\tindented", "---"],
        *["a: b", "| a | b |", "|---|---|", "<div>", "</div>", "<div markdown>", "<pre>", "</pre>", "<!--", "-->"],
        *['!!! note "x"', '??? note "x"', '=== "tab"', "[x](y.md)", "*x* `y` **z**", '--8<-- "snippets/fine.py"'],
        *["<!-- skip: next -->", "\\", "[^1]: x", "*[x]: y", "{.x}", "x\x0by\x0c\x85z", "\xa0", "<![CDATA[", "<?x"],
        *["<!x", "```code``` x", "<pre>&#97;</pre>", "<details>", "<script>", "a", "&lt;", "\x02\x03", ":", "\ufeff"],
    ]
)
MARKS = st.sampled_from(["```", "```", "````", "~~~"])
INFOS = st.sampled_from(
    [
        *["python", "python", "console", "console", "python ", " python", "py", "pycon", "text", "", "toml", "bash"],
        *["{.python}", "{", "{.}", "`x`", 'python title="fine.py"', "{.python title=fine.py}", "python {.fails}"],
        *['python hl_lines="1"', 'python hl_lines="x"', "console {any-order}", 'console {exit="1"}', "console {#x}"],
        *['console {exit="x"}', "console any-order", 'console {start="fork"}', 'console {python="===1"}'],
    ]
)
BODIES = st.sampled_from(
    [
        *[["x = 1"], ["x = 1"], [], [""], ["   "], ["x = ("], [">>> 1", "1"], [">>> 1", "", "2"], ["```", "x"]],
        *[["$ python fine.py", "hello"], ["$ python -m"], ["$ python fine.py 'x"], ["$ "], [">\tx"], ["\tx = 1", ""]],
        *[['--8<-- "snippets/fine.py"'], ['--8<-- "snippets/gone.py"'], ['text = """', "```x```", '"""']],
    ]
)
FENCES = st.one_of(
    st.builds(lambda marks, info, body: [marks + info, *body, marks], MARKS, INFOS, BODIES),
    st.just(shown("fine.py").splitlines()),
    st.just(transcript("python fine.py", "hello").splitlines()),
    st.just(transcript("python fine.py 1", "a\tb", "", "  ", "<b>").splitlines()),
    st.just(["```python", "x = '\t'", "   ", "```"]),
)
INDENTS = st.sampled_from(["", "", "", "", "", " ", "  ", "    ", "\t", "> ", ">", "> > ", "- ", "    > ", "1. "])
BLOCKS = st.builds(
    lambda indent, lines, end: [*(indent + line for line in lines), *end],
    INDENTS,
    st.one_of(FENCES, FENCES, st.lists(LINES, max_size=3)),
    st.sampled_from([[], [""], [""]]),
)
PROGRAM = [[*shown("fine.py").splitlines(), "", *transcript("python fine.py", "hello").splitlines(), ""]]
HEADS = [[], [], [], [], ["---", "title: b", "---"], ["---", "- a", "---", ""], ["---", "---"], ["a: b", "    ```", ""]]
WILD_PAGES = st.builds(
    lambda head, blocks, end: "\n".join([*head, *(line for block in blocks for line in block)]) + end,
    st.sampled_from(HEADS),
    st.one_of(st.lists(BLOCKS, max_size=7), st.lists(BLOCKS, max_size=4).map(lambda blocks: PROGRAM + blocks)),
    st.sampled_from(["\n", "", "\n\n"]),
)

# Pages such as people write: most of them are accepted.
TAME_BLOCKS = st.sampled_from(
    [
        *[
            transcript(f"python fine.py {more}", *lines)
            for more in ("#", "-v #")
            for lines in ([], ["a\tb", "", " <b>"])
        ],
        *[transcript("python fine.py #", "x", "...", attributes='{any-order exit=2 start="spawn"}')],
        *[f"{marks}python\n{body}\n{marks}\n" for marks in ("```", "~~~~") for body in ("x = 1\n   \ny = 2", "x\t= 1")],
        *[
            "```pycon\n>>> 1\n1\n```\n",
            '```python hl_lines="2"\n>>> 1\n1\n```\n',
            "```toml\n[a]\n```\n",
            "```code``` x\n",
        ],
        *["Prose *with* `code` and <b>markup</b>.\n", "| a | b |\n|---|---|\n| ``` | x |\n", "- x\n- y\n\n    z\n"],
        *[
            "## Heading {#id}\n",
            "> quote\n",
            "<!-- a comment -->\n",
            "<div>\nx\n</div>\n",
            "\x02wzxhzdk:0\x03 \x0b \x85\n",
        ],
    ]
)


def tame_page(head: str, blocks: list[tuple[tuple[str, str], str]]) -> str:
    """Each block at its place; `#` in a command stands for a number of its own."""
    parts = [head + "\n".join(PROGRAM[0])]
    for number, ((above, prefix), block) in enumerate(blocks):
        lines = block.replace("fine.py #", f"fine.py {number}").replace("-v #", f"-v {number}").rstrip("\n").split("\n")
        parts.append(above + behind(prefix, lines) + "\n")
    return "\n".join(parts)


TAME_PAGES = st.builds(
    tame_page,
    st.sampled_from(["", "---\ndescription: x\n---\n", "---\ndescription: >\n  ```text\n...\n\n\n"]),
    st.lists(st.tuples(st.sampled_from(PLACES), TAME_BLOCKS), max_size=6),
)
PAGES = st.one_of(WILD_PAGES, TAME_PAGES)


@settings(REPRODUCIBLE, max_examples=500)
@given(text=PAGES, described=st.booleans())
@example("```text\nx\n```\n\n<pre>&#97;</pre>\n", True)  # three faults on one line
def test_any_page(text: str, described: bool):
    with small_site() as site:
        if described:
            site.write("mkdocs.yml", (site.root / "mkdocs.yml").read_text("utf-8") + "site_description: x\n")
        site.write("snippets/fine.py", HELLO)
        path = site.page(text)
        (pages, _) = sybils(site.root, lambda example: None)
        collected = [each.parsed for each in pages.parse(path)]
        by_harness = [
            f"{page.name}:{each.line}: {each.message}" for page, each in collected if isinstance(each, Refused)
        ]
        build = Build(site.root, pages=read_all(site.root))
        page = build.pages["docs/page.md"]
        by_build = [message for message in faults([page]) if message.startswith(page.name)]
        assert sorted(by_harness) == sorted(by_build)
        if not by_build:
            html, copy = rendered(build, page.name)
            assert outputs(html) == ["\n".join(each.output) for each in page.transcripts]
            assert len(html.select("figure.example [id^=example-]")) == len(page.anchors)
            assert not TOKENS.search(html.get_text() + copy)
            assert all("$ " + each.command.text in copy for each in page.transcripts)
