"""Asks the site's own Markdown set-up which fences become code blocks, and how it reads their attributes.

The harness has no second opinion on what `python title="x"` or a fence in a tab means: each fence's body
is replaced by a token, the page is rendered with the extensions of mkdocs.yml, and what a recording
formatter sees is what a reader will see.
"""

import functools
import html
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import markdown
from mkdocs.config import load_config

from .fences import Fence, PageError

TOKEN = "fence-{}-of-this-page"
PRE = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)


@dataclass(frozen=True)
class Rendered:
    """A fence as superfences read it: language, key-value attributes, classes."""

    language: str
    options: dict[str, str | None] = field(default_factory=dict)
    classes: tuple[str, ...] = ()


@functools.cache
def site_extensions(mkdocs_yml: Path) -> tuple[list[str], dict[str, dict]]:
    """Names and settings of the site's Markdown extensions, but for `snippets`: bodies are tokens here."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    config = load_config(str(mkdocs_yml))
    names = [name for name in config.markdown_extensions if name != "pymdownx.snippets"]
    return names, {name: dict(settings) for name, settings in config.mdx_configs.items() if name in names}


def render(
    text: str, fences: Sequence[Fence], mkdocs_yml: Path
) -> tuple[list[Rendered | PageError], list[PageError]]:
    """What each fence becomes on the built page, in order, or why it is no fence there; and all other code blocks."""
    seen: dict[str, Rendered] = {}

    def validate(language, inputs, options, attrs, md):
        options.update(inputs)
        return True

    def record(source, language, css_class, options, md, classes=(), **_):
        seen[source.strip()] = Rendered(language, dict(options), tuple(classes or ()))
        return "<div></div>"

    names, settings = site_extensions(mkdocs_yml)
    recorder = {"name": "*", "class": "", "format": record, "validator": validate}
    settings = settings | {
        "pymdownx.superfences": settings.get("pymdownx.superfences", {}) | {"custom_fences": [recorder]}
    }
    if "pymdownx.superfences" not in names:
        names = [*names, "pymdownx.superfences"]
    page = markdown.markdown(with_tokens(text, fences), extensions=names, extension_configs=settings)
    found: list[Rendered | PageError] = []
    for index, fence in enumerate(fences):
        unseen = PageError(
            fence.line,
            f"the built page does not show this as a code block: {fence.marks}{fence.info}\n"
            "Attributes stand in braces after the language; in a list, a tab or an admonition a fence "
            "is indented by four spaces; no list mark stands on its own line.",
        )
        found.append(seen.get(TOKEN.format(index), unseen))
    return found, loose_blocks(page, text, fences)


def loose_blocks(page: str, text: str, fences: Sequence[Fence]) -> list[PageError]:
    """Code blocks of the built page that are no fences; nothing would run them."""
    loose = []
    for block in PRE.finditer(page):
        first = html.unescape(re.sub(r"<[^>]+>", "", block[1])).strip().split("\n")[0]
        if re.fullmatch(TOKEN.format(r"\d+"), first):
            continue  # a fence that became another kind of block: reported as such
        message = (
            f"an indented or <pre> block: {first!r}\n"
            "Nothing runs it. Make it a fence: a program with its transcript, or one of the languages "
            "that are not run."
        )
        loose.append(PageError(line_of(first, text, fences), message))
    return loose


def with_tokens(text: str, fences: Sequence[Fence]) -> str:
    """The page with each fence's body replaced by its token, on as many lines as before."""
    lines = text.split("\n")
    for index, fence in reversed(list(enumerate(fences))):
        blank = [fence.prefix.rstrip()] * max(0, fence.end - fence.line - 2)
        lines[fence.line : fence.end - 1] = [fence.prefix + TOKEN.format(index), *blank]
    return "\n".join(lines)


def line_of(content: str, text: str, fences: Sequence[Fence]) -> int:
    """The first line outside the fences that holds this content (1 if Markdown changed it beyond recognition)."""
    inside = {number for fence in fences for number in range(fence.line, fence.end + 1)}
    for number, line in enumerate(text.split("\n"), 1):
        if number not in inside and content and content in line:
            return number
    return 1
