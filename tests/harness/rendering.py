"""Asks the site's own Markdown set-up which fences become code blocks, and how it reads their attributes.

The harness has no second opinion on what `python title="x"` or a fence in a tab means: the lines of each
fence are replaced by a token, the page is rendered with the extensions of mkdocs.yml, and what a recording
formatter sees is what a reader will see.
"""

import functools
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import markdown
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from .fences import Fence, PageError

TOKEN = "fence-{}-of-this-page"
SHOWN = "<div>shown-{}</div>"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
PRE = re.compile(r"<pre\b[^>]*>(.*?)(?:</pre>|\Z)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Rendered:
    """A fence as superfences read it: language, key-value attributes, classes."""

    language: str
    options: dict[str, str | None] = field(default_factory=dict)
    classes: tuple[str, ...] = ()


class MarkdownConfig(Config):
    """The part of mkdocs.yml that says what Markdown means. All of it would load plugins, for seconds."""

    markdown_extensions = config_options.MarkdownExtensions(
        builtins=["toc", "tables", "fenced_code"], configkey="mdx_configs", default=[]
    )  # the built-in ones of mkdocs itself
    mdx_configs = config_options.Private[dict]()


@functools.cache
def site_extensions(mkdocs_yml: Path) -> tuple[list[str], dict[str, dict]]:
    """Names and settings of the site's Markdown extensions, but for `snippets`: bodies are tokens here."""
    config = MarkdownConfig(config_file_path=str(mkdocs_yml))
    with mkdocs_yml.open("rb") as file:
        config.load_dict(yaml_load(file, get_yaml_loader(config=config)))
    config.validate()
    names = [name for name in config.markdown_extensions if name != "pymdownx.snippets"]
    return names, {name: dict(settings) for name, settings in config.mdx_configs.items() if name in names}


def render(text: str, fences: Sequence[Fence], mkdocs_yml: Path) -> tuple[list[Rendered | PageError], list[PageError]]:
    """What each fence becomes on the built page, in order, or why it is no fence there; and all other code blocks."""
    tokens = {TOKEN.format(index): index for index in range(len(fences))}
    seen: dict[int, Rendered] = {}
    unclaimed: list[str] = []

    def validate(language, inputs, options, attrs, md):
        options.update(inputs)
        return True

    def record(source, language, css_class, options, md, classes=(), **_):
        found = {tokens.get(line.strip()) for line in source.split("\n") if line.strip()}
        if len(found) != 1 or None in found:
            unclaimed.append(source)
            return ""
        (index,) = found
        seen[index] = Rendered(language, dict(options), tuple(classes or ()))
        return SHOWN.format(index)

    names, settings = site_extensions(mkdocs_yml)
    recorder = {"name": "*", "class": "", "format": record, "validator": validate}
    settings = settings | {
        "pymdownx.superfences": settings.get("pymdownx.superfences", {}) | {"custom_fences": [recorder]}
    }
    if "pymdownx.superfences" not in names:
        names = [*names, "pymdownx.superfences"]
    page = COMMENT.sub("", markdown.markdown(with_tokens(text, fences), extensions=names, extension_configs=settings))
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


def loose_blocks(blocks: Sequence[str], text: str, fences: Sequence[Fence]) -> list[PageError]:
    """An error for each code block of the built page that is none of the fences; nothing would run them."""
    loose = []
    last = 0
    for block in blocks:
        lines = html.unescape(re.sub(r"<[^>]+>", "", block)).strip().split("\n")
        if any(re.fullmatch(TOKEN.format(r"\d+"), line.strip()) for line in lines):
            continue  # a fence that became another kind of block: reported as such
        last = line_of(lines[0], text, fences, last)
        message = (
            f"an indented or <pre> block: {lines[0]!r}\n"
            "Nothing runs it. Make it a fence: a program with its transcript, or one of the languages "
            "that are not run."
        )
        loose.append(PageError(last, message))
    return loose


def with_tokens(text: str, fences: Sequence[Fence]) -> str:
    """The page with its token in the place of each line of a fence; each line keeps its indentation and quote marks."""
    lines = text.split("\n")
    for index, fence in enumerate(fences):
        token = TOKEN.format(index)
        for number, body in enumerate(fence.body, fence.line):
            if content := body.strip():
                start = lines[number].rindex(content)
                lines[number] = lines[number][: max(start, len(fence.prefix))] + token
    for index, fence in reversed(list(enumerate(fences))):
        if not any(line.strip() for line in fence.body):
            lines.insert(fence.line, fence.prefix + TOKEN.format(index))  # an empty fence has no line to replace
    return "\n".join(lines)


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
    found = indented or holding or [1]
    return next((number for number in found if number > after), found[0])
