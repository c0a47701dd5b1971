"""Malformed pages: both sides refuse them in the same words, or both accept them; neither ends in a traceback."""

from pathlib import Path

import pytest

from .agreement import FINE, Sides
from .conftest import HELLO, shown, transcript


@pytest.fixture
def site(tmp_path, monkeypatch) -> Sides:
    monkeypatch.setenv("COLUMNS", "200")
    return Sides(tmp_path / "site")


def command(text: str, attributes: str = "") -> str:
    """A page that shows fine.py, with this command's transcript at line 5."""
    return shown("fine.py") + "\n" + transcript(text, "hello", attributes=attributes)


def attribute(text: str) -> str:
    """A page that shows fine.py, with a transcript of these attributes at line 5."""
    return command("python fine.py", text)


def below(text: str) -> str:
    """A page that shows fine.py with its transcript, then this text from line 10."""
    return shown("fine.py") + "\n" + FINE + "\n" + text


def headed(text: str) -> str:
    """A page with these lines at its head."""
    return f"---\n{text}\n---\n\n" + below("")


CANNOT_READ = "cannot read the command"
DEEP = 3000

# What both refuse, each with where and why.
REFUSED = {
    # commands
    "an unclosed quote": (command("python fine.py 'x"), f"docs/page.md:6: {CANNOT_READ}"),
    "a backslash at the end": (command("python fine.py \\"), f"docs/page.md:6: {CANNOT_READ}"),
    "no program": (command("python -m"), "docs/page.md:6: no program in `python -m`"),
    "no code": (command("python -c"), "docs/page.md:6: no program in `python -c`"),
    "no python": (command(""), "docs/page.md:6: unknown command ``"),
    "an option without its value": (command("python -X"), "docs/page.md:6: no program in `python -X`"),
    "a redirection from nowhere": (command("python <"), "docs/page.md:6: `<` comes last"),
    "a pipe": (command("python fine.py | cat"), "docs/page.md:6: `|` needs a shell"),
    "a control character in a command": (command("python fine.py \x07"), "docs/page.md:6: a control character"),
    "two commands": (below("").replace("hello\n", "$ python fine.py\n"), "docs/page.md:7: one command a transcript"),
    # attributes
    "a number with a point": (attribute('{exit="1.5"}'), "docs/page.md:5: `exit=1.5`: not a number"),
    "a number of 5000 digits": (attribute(f'{{exit="{"9" * 5000}"}}'), "docs/page.md:5: `exit="),
    "no number": (attribute('{timeout="nan"}'), "docs/page.md:5: `timeout=nan`: seconds between"),
    "an opening brace": (attribute("{"), "docs/page.md:5: the built page does not show this"),
    "an empty class": (attribute("{.}"), "docs/page.md:5: unknown class `.`"),
    "bare words": (attribute("any-order"), "docs/page.md:5: the built page does not show this"),
    "a quote that is not closed": (attribute('{exit="1}'), 'docs/page.md:5: `exit="1`: not a number'),
    "a version that is none": (attribute('{python="new"}'), "docs/page.md:5: `python=new`: not a version specifier"),
    "an arbitrary version": (attribute('{python="===new"}'), "docs/page.md:5: `python====new`: not a version"),
    "an attribute twice": (attribute('{exit="1" exit="x"}'), "docs/page.md:5: `exit=x`: not a number"),
    "a timeline without figures": (attribute("{timeline}"), "docs/page.md:5: `timeline` draws what was measured"),
    "highlighted lines": (
        shown("fine.py", ' hl_lines="x"') + "\n" + FINE,
        "docs/page.md:1: `hl_lines=x`: line numbers",
    ),
    # fences
    "a fence that is never closed": (below("```python\nx = 1\n"), "docs/page.md:10: this fence is never closed"),
    "a fence in a table": (
        below("| a | b |\n|---|---|\n| ```python | x |\n| ``` | y |\n\n```text\n```\n"),
        "docs/page.md:15: `text`: nothing runs",
    ),
    "a mark of ours": (below("<div>fence-0-of-this-page</div>\n"), "docs/page.md:10: `fence-0-of-this-page`"),
    "a fence on a list mark": (below("- ```python\n  x = 1\n  ```\n"), "docs/page.md:10: the built page does not show"),
    "a fence in a comment": (below("<!--\n```python\nx = 1\n```\n-->\n"), "docs/page.md:11: the built page does not"),
    "a quote with tabs in a fence that has none": (
        below("\t```python\n>\tx = 1\n\t```\n"),
        "docs/page.md:10: ",
    ),
    "an indented block": (below("A paragraph.\n\n    x = 1\n"), "docs/page.md:12: an indented or <pre> block: 'x = 1'"),
    "a <pre> that is not closed": (below("<pre>\nx = 1\n"), "docs/page.md:11: an indented or <pre> block"),
    "a token of ours": (below("    fence-0-of-this-page\n"), "docs/page.md:10: "),
    # programs and blocks
    "an include of a folder": (
        '```python title="snippets"\n--8<-- "snippets"\n```\n',
        "docs/page.md:2: no file `snippets`",
    ),
    "an include of a name that is too long": (
        f'```python title="long.py"\n--8<-- "snippets/{"x" * 300}.py"\n```\n',
        "docs/page.md:2: no file `snippets/xxx",
    ),
    "an include with a letter too few": (
        shown("fine.py").replace("snippets/fine", "snippets/fin"),
        "docs/page.md:2: no file `snippets/fin.py`; did you mean snippets/fine.py?",
    ),
    "an include with a line range": (
        shown("fine.py").replace('fine.py"\n```', 'fine.py:1:2"\n```'),
        "docs/page.md:2: `snippets/fine.py:1:2`: a program is shown whole",
    ),
    "an include of a file elsewhere": (
        shown("fine.py").replace("snippets/", "snippets/../"),
        "docs/page.md:2: `snippets/../fine.py` is not below snippets/",
    ),
    "an include of itself": (
        '```python title="page.md"\n--8<-- "docs/page.md"\n```\n',
        "docs/page.md:2: `docs/page.md`",
    ),
    "an include outside a fence": (below('--8<-- "snippets/fine.py"\n'), "docs/page.md:10: an include outside a fence"),
    "a link out of snippets/": (
        {"docs/page.md": below(""), "snippets/fine.py": Path("../fine.py"), "fine.py": HELLO},
        "docs/page.md:2: `snippets/fine.py` is not below snippets/",
    ),
    "a link to nowhere": (
        {"docs/page.md": below(""), "snippets/fine.py": Path("gone.py")},
        "docs/page.md:2: no file `snippets/fine.py`",
    ),
    "a link to itself": (
        {"docs/page.md": below(""), "snippets/fine.py": Path("fine.py")},
        "docs/page.md:2: no file `snippets/fine.py`",
    ),
    "a folder named as a program": (
        {"docs/page.md": below(""), "snippets/fine.py": None},
        "docs/page.md:2: no file `snippets/fine.py`",
    ),
    "a program that is not UTF-8": (
        {"docs/page.md": below(""), "snippets/fine.py": b"# \xe9\n"},
        "docs/page.md:2: `snippets/fine.py` is not text in UTF-8",
    ),
    "surrogates in a program": (
        {"docs/page.md": below(""), "snippets/fine.py": b"# \xed\xa0\x80\n"},
        "docs/page.md:2: `snippets/fine.py` is not text in UTF-8",
    ),
    "a null character in a program": (
        {"docs/page.md": below(""), "snippets/fine.py": b"# \0\n"},
        "docs/page.md:2: `snippets/fine.py` is not text in UTF-8",
    ),
    "a header that cannot be read": (
        {"docs/page.md": below(""), "snippets/fine.py": "# /// script\n# dependencies = [\n# ///\n"},
        "docs/page.md:2: `snippets/fine.py`: cannot read its PEP 723 header",
    ),
    "a header whose list is none": (
        {"docs/page.md": below(""), "snippets/fine.py": '# /// script\n# dependencies = {a = "b"}\n# ///\n'},
        "docs/page.md:2: `snippets/fine.py`: cannot read its PEP 723 header",
    ),
    "a header nested too deeply": (
        {
            "docs/page.md": below(""),
            "snippets/fine.py": "# /// script\n" + "# a = " + "[" * DEEP + "\n# ///\n",
        },
        "docs/page.md:2: ",
    ),
    "a block that ends too early": (below("```python\nx = (\n```\n"), "docs/page.md:11: SyntaxError"),
    "a block nested too deeply": (below(f"```python\n{'-' * 20000}1\n```\n"), "docs/page.md:1"),
    "a call on what is nested too deeply": (
        below(f"```python\n({'+'.join('1' * 1500)}).map(1)\n```\n"),
        "docs/page.md:10: Python cannot read this",
    ),
    "a doctest nested too deeply": (
        below(f"```pycon\n>>> {'-' * 20000}1\n1\n```\n"),
        "docs/page.md:10: Python cannot read this",
    ),
    "an empty block": (below("```python\n```\n"), "docs/page.md:10: nothing here runs"),
    "a block of blanks": (below("```python\n   \n\t\n```\n"), "docs/page.md:10: nothing here runs"),
    # files
    "a null character": (below("\0\n"), "docs/page.md:10: a null character"),
    "surrogates": (below("").encode() + b"\xed\xa0\x80\n", "docs/page.md:10: not UTF-8"),
    "another encoding": (below("").encode("utf-16"), "docs/page.md:1: not UTF-8"),
    "nothing": ("", "docs/page.md:1: this page is empty"),
    "blanks": (" \n\t\n", "docs/page.md:1: this page is empty"),
    "front matter and nothing else": ("---\ntitle: x\n---\n", "docs/page.md:1: this page is empty"),
    "front matter that is no mapping": (headed("- a\n- b"), "docs/page.md:1: the lines between ---"),
    "front matter of comments": (headed("# a"), "docs/page.md:1: the lines between ---"),
    "front matter that cannot be read": (headed("a: b: c"), "docs/page.md:1: the lines between ---"),
    "front matter with a day that is none": (headed("a: 2026-13-45"), "docs/page.md:1: the lines between ---"),
    "front matter nested too deeply": (headed("a: " + "[" * DEEP), "docs/page.md:1: the lines between ---"),
    "front matter of another program": (headed("layout: x"), "docs/page.md:1: `layout: 'x'` is nothing that a page"),
    "a title that is a list": (headed("title: [a]"), "docs/page.md:1: `title: ['a']` is nothing that a page"),
    "hiding a number": (headed("hide: 1"), "docs/page.md:1: `hide: 1` is nothing that a page"),
    "a key that is a list": (headed("? [a]\n: b"), "docs/page.md:1: the lines between ---"),
    "half a character": (headed('title: "\\ud800"'), "docs/page.md:1: `title: '\\ud800'` is nothing that a page"),
    "a tag without its value": (headed('title: !!int ""'), "docs/page.md:1: the lines between ---"),
    "front matter that MkDocs takes for one": ("Note: this line is gone.\n\n" + below(""), "docs/page.md:1: "),
    "elements nested too deeply": (below("<div markdown>\n" * 500 + "</div>\n" * 500), "docs/page.md:1: "),
    "a page that links to nowhere": (
        {"docs/page.md": below(""), "docs/link.md": Path("gone.md")},
        "docs/link.md: a link that leads nowhere",
    ),
    "a page that is a link out of the pages": (
        {"docs/page.md": below(""), "README.md": below(""), "docs/link.md": Path("../README.md")},
        "docs/link.md:1: a link leads from here out of docs/",
    ),
    "a picture that is a link out of the pages": (
        {"docs/page.md": below(""), "docs/assets/picture.png": Path("../../mkdocs.yml")},
        "docs/assets/picture.png: a link leads from here out of docs/",
    ),
    "a page that nobody would read": (below("x\n" * 500_001), "docs/page.md:1: 1,000,"),
    "a program that nobody would read": (
        {"docs/page.md": below(shown("long.py")), "snippets/long.py": "x = 1\n" * 200_000},
        "docs/page.md:11: `snippets/long.py`: 1,200,000 bytes, more than 1,000,000: divide it",
    ),
    "a notebook that is not UTF-8": (
        {"docs/page.md": below(""), "docs/lab/book.py": b"# \xe9\n"},
        "docs/lab/book.py:1: not UTF-8",
    ),
    "a notebook with a null character": (
        {"docs/page.md": below(""), "docs/lab/book.py": b"# %%\n# \0\n"},
        "docs/lab/book.py:2: a null character",
    ),
    "a notebook that ends too early": (
        {"docs/page.md": below(""), "docs/lab/book.py": "# %%\nx = (\n"},
        "docs/lab/book.py:2: ",
    ),
}

# What both accept.
ACCEPTED = {
    "a fence in HTML": below("<div>\n```python\nx = 1\n```\n</div>\n"),
    "a fence in front matter": headed("description: |\n  ```python\n  x = 1\n  ```\n  ```text\n  ```"),
    "what looks like a mark of ours": below('<div data-example="99"></div>\n'),
    "quotes nested deeply": below(">" * DEEP + " x\n"),
    "line ends of Windows": below("").replace("\n", "\r\n").encode(),
    "a byte-order mark": b"\xef\xbb\xbf" + below("").encode(),
    "5,000 lines": below("A line.\n\n" * 2500),
    "a head": headed("title: x"),
    "a dotted end of the head": headed("title: x").replace("x\n---", "x\n..."),
    "a rule at the head": "---\n\n" + below(""),
    "any white space": below("x\x0b\x0c\x1c\x85\u2028\u2029\xa0y\n"),
    "marks of Markdown's own": below("\x02 \x03 klzzwxh:0001 \x02wzxhzdk:0\x03\n"),
    "brackets": below("[" * 50 + "]" * 50 + "![[x](y)]" + "\n"),
    "a fence in a list": below("- x\n\n" + "".join(f"    {line}\n" for line in ["```python", "x = 1", "```"])),
    "fences in a quote in a list": below("- x\n\n    > ```python\n    > x = 1\n    > ```\n"),
    "an escaped include": below('```yaml\n;--8<-- "snippets/fine.py"\n```\n'),
    "figures without rows": attribute("{measured timeline}"),
}


def test_there_are_many_forms():
    assert len(REFUSED) >= 60 and len(ACCEPTED) >= 15


def make(site: Sides, files: dict[str, str | bytes | Path | None]) -> None:
    """Writes files; a path stands for a link to it, None for a folder."""
    for name, content in files.items():
        target = site.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            target.mkdir()
        elif isinstance(content, Path):
            target.symlink_to(content)
        else:
            site.write(name, content)


def both(site: Sides, content: str | bytes | dict[str, str | bytes | Path | None]) -> list[str]:
    """What both sides say of this page, or of these files."""
    files = content if isinstance(content, dict) else {"docs/page.md": content}
    named = any(isinstance(text, str | bytes) and "fine.py" in str(text) for text in files.values())
    make(site, {"snippets/fine.py": HELLO} | files if named else files)
    outcome = site.pytest()
    assert "Traceback" not in outcome.text and "INTERNALERROR" not in outcome.text, outcome.text
    assert outcome.status in (0, 1, 5), outcome.text
    assert sorted(outcome.failures) == sorted(site.faults)
    return site.faults


@pytest.mark.parametrize("form", REFUSED)
def test_both_refuse(site, form):
    content, fault = REFUSED[form]
    (message,) = both(site, content)
    assert message.startswith(fault)


@pytest.mark.parametrize("form", ACCEPTED)
def test_both_accept(site, form):
    assert both(site, ACCEPTED[form]) == []
    assert site.build().outputs() == ["hello"]
