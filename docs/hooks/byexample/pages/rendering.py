"""Asks the site's own Markdown set-up which fences become code blocks, and how it reads their attributes.

There is no second opinion on what `python title="x"` or a fence in a tab means: the lines of each fence are replaced
by a token, the page is rendered with the extensions of mkdocs.yml, and what a recording formatter sees is what a
reader will see.
"""

import functools
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import markdown
import yaml

from .fences import Fence, PageError

TOKEN = "fence-{}-of-this-page"
TOKENS = re.compile(TOKEN.format(r"(\d+)"))
SHOWN = f"<div>{TOKEN}</div>"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
MARKS = re.compile(r"`{3,}[^`]*|~{3,}.*")
PRE = re.compile(r"<pre\b[^>]*>(.*?)(?:</pre>|\Z)", re.DOTALL | re.IGNORECASE)
SUPERFENCES = "pymdownx.superfences"
BUILT_IN = ("toc", "tables", "fenced_code")  # what MkDocs adds to those that mkdocs.yml names
# Not asked: in place of what snippets include stand tokens, and what shows examples asks this module.
NOT_ASKED = ("pymdownx.snippets", "byexample.figures.extension")


@dataclass(frozen=True)
class Rendered:
    """A fence as superfences read it: language, key-value attributes, classes, id."""

    language: str
    options: dict[str, str | None] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    id: str = ""


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml: `!!python/name:` is what it names; `!ENV` and `!relative` say nothing about Markdown."""


def python_name(loader: Loader, suffix: str, node: yaml.Node) -> Any:
    module, _, name = suffix.rpartition(".")
    return getattr(import_module(module), name)


def ignored(loader: Loader, suffix: str, node: yaml.Node) -> None:
    return None


Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", python_name)
Loader.add_multi_constructor("!", ignored)


def settings(mkdocs_yml: Path) -> dict[str, Any]:
    """What mkdocs.yml says. MkDocs' own reader would load plugins, for seconds."""
    return parsed(mkdocs_yml.read_text("utf-8"))


@functools.cache  # by the text: `mkdocs serve` stays while mkdocs.yml changes
def parsed(text: str) -> dict[str, Any]:
    content = yaml.load(text, Loader)
    return content if isinstance(content, dict) else {}


def site_extensions(mkdocs_yml: Path) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    """Names and settings of the site's Markdown extensions, without those of NOT_ASKED."""
    names, configs = list(BUILT_IN), {}
    for entry in settings(mkdocs_yml).get("markdown_extensions") or []:
        for name, config in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            if name not in NOT_ASKED:
                names.append(name)
                configs[name] = dict(config or {})
    if SUPERFENCES not in names:
        names.append(SUPERFENCES)
    return tuple(dict.fromkeys(names)), configs


def render(text: str, fences: Sequence[Fence], mkdocs_yml: Path) -> tuple[list[Rendered | PageError], list[PageError]]:
    """What each fence becomes on the page, in order, or why it is no fence there; and all other code blocks."""
    seen: dict[int, Rendered] = {}
    unclaimed: list[str] = []

    def record(
        source: str,
        language: str,
        css_class: str,
        options: dict[str, str | None],
        md: markdown.Markdown,
        classes: Sequence[str] = (),
        id_value: str = "",
        **_: Any,
    ) -> str:
        index = token_in(source)
        if index is None:
            unclaimed.append(source)
            return ""
        seen[index] = Rendered(language, dict(options), tuple(classes or ()), id_value)
        return SHOWN.format(index)

    names, configs = site_extensions(mkdocs_yml)
    recorder = {"name": "*", "class": "", "format": record, "validator": keep_options}
    configs = configs | {SUPERFENCES: configs.get(SUPERFENCES, {}) | {"custom_fences": [recorder]}}
    page = markdown.markdown(with_tokens(text, list(enumerate(fences))), extensions=names, extension_configs=configs)
    page = COMMENT.sub("", page)
    found: list[Rendered | PageError] = []
    for index, fence in enumerate(fences):
        unseen = PageError(
            fence.line,
            f"the built page does not show this as a code block: {fence.marks}{fence.info}\n"
            "Attributes stand in braces after the language; in a list, a tab or an admonition a fence and all "
            "its lines are indented by four spaces; no list mark stands on its own line.",
        )
        found.append(seen[index] if index in seen and SHOWN.format(index) in page else unseen)
    blocks = [block[1] for block in PRE.finditer(page)]
    return found, loose_blocks([*unclaimed, *blocks], text, fences)


def keep_options(language: str, inputs: dict[str, str], options: dict[str, Any], attrs: Any, md: Any) -> bool:
    """A validator of superfences that lets all attributes through: `reader` refuses what is wrong, with its line."""
    options.update(inputs)
    return True


def token_in(source: str) -> int | None:
    """The number of the fence whose token is all that this block holds; None if there is none, or more."""
    tokens = {TOKENS.fullmatch(line.strip()) for line in source.split("\n") if line.strip()}
    numbers = {token and int(token[1]) for token in tokens}
    return numbers.pop() if len(numbers) == 1 else None


def with_tokens(text: str, fences: Sequence[tuple[int, Fence]], first: int = 1) -> str:
    """The text with the token of its number in the place of each line of a fence.

    Each line keeps its indentation and quote marks. `first` is the page's line with which the text begins.
    """
    lines = text.split("\n")
    for number, fence in fences:
        token = TOKEN.format(number)
        for at, body in enumerate(fence.body, fence.line - first + 1):
            if content := body.strip():
                start = lines[at].rfind(content)
                if start < 0:  # it begins with marks and tabs that are no part of the fence's own prefix
                    start = len(lines[at]) - len(lines[at].lstrip(" \t>"))
                lines[at] = lines[at][: max(start, len(fence.prefix))] + token
    for number, fence in reversed(fences):
        if not any(line.strip() for line in fence.body):  # an empty fence has no line to replace
            lines.insert(fence.line - first + 1, fence.prefix + TOKEN.format(number))
    return "\n".join(lines)


def loose_blocks(blocks: Sequence[str], text: str, fences: Sequence[Fence]) -> list[PageError]:
    """An error for each code block of the built page that is none of the fences; nothing would run them."""
    loose = []
    last = 0
    for block in blocks:
        lines = html.unescape(re.sub(r"<[^>]+>", "", block)).strip().split("\n")
        if any(TOKENS.search(line) for line in lines) or MARKS.fullmatch(lines[0]):
            continue  # a fence that became another kind of block: reported as such
        last = line_of(lines[0], text, fences, last)
        message = (
            f"an indented or <pre> block: {lines[0]!r}\n"
            "Nothing runs it. Make it a fence: a program with its transcript, or one of the languages "
            "that are not run."
        )
        loose.append(PageError(last, message))
    return loose


def line_of(content: str, text: str, fences: Sequence[Fence], after: int) -> int:
    """The line of a block outside the fences that begins with this content: the next one after a line, or the first.

    1 if Markdown changed it beyond recognition.
    """
    inside = {number for fence in fences for number in range(fence.line, fence.end + 1)}
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if number not in inside]
    indented = [number for number, line in lines if line.strip() == content.strip() and line != line.lstrip()]
    holding = [
        number for number, line in lines if (content and content in line) or (not content and "<pre" in line.lower())
    ]
    candidates = indented or holding or [1]
    return next((number for number in candidates if number > after), candidates[0])
