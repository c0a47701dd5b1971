"""The site for programs that read: each page as plain Markdown, and llms.txt (llmstxt.org), which lists them."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..figures.extension import is_shown
from ..figures.figure import evidence, output_and_notes
from ..figures.view import PageView
from ..pages.attributes import VERDICTS
from ..pages.examples import Example, Inline, Program, Transcript
from ..pages.rendering import TOKEN, TOKENS
from ..urls import relative
from .archive import NAME as ARCHIVE
from .links import AddressOf, moved
from .site import SiteFile, SiteFiles

NAME = "index.md"  # beside the page's own index.html
LIST = "llms.txt"
ABOUT = (
    "Every program is shown whole, and every output below one was printed by it: the lines in italics say on which "
    "Pythons, systems\n"
    f"and start methods. The programs themselves are below programs/, all together in {ARCHIVE}."
)
TAB = re.compile(r'=== "(?P<name>[^"]*)"')
ESCAPED_INCLUDE = re.compile(r"^(\s*);(-+8<-)")


@dataclass(frozen=True)
class Block:
    """An example as the page shows it."""

    language: str
    above: str  # a program's name; empty if it has none
    code: str
    below: str  # what the page says below it: attributes in words, where it ran


def copy(view: PageView, markdown: str, file: SiteFile, files: SiteFiles, address_of: AddressOf) -> str:
    """A page's Markdown with its examples as they are shown, and nothing in it that only this site's build knows.

    `markdown` is the page's text without its front matter.
    """
    lines = markdown.split("\n")
    first = 1 + len(view.page.text.split("\n")) - len(lines)
    for number, example in reversed(list(enumerate(view.page.examples))):
        start, end = example.fence.line - first, example.fence.end - first + 1
        lines[start:end] = [example.fence.prefix + TOKEN.format(number)]
    written: list[str] = []
    prose: list[str] = []  # gathered, since a link may be broken between two lines
    for line in [*untabbed(lines), None]:
        token = TOKENS.search(line or "")
        if line is not None and token is None:
            prose.append(line)
            continue
        if prose:
            text = re.sub(r"\n{3,}", "\n\n", bare("\n".join(prose)))
            written += moved(text, file, files, address_of).split("\n")
            prose.clear()
        if line is not None and token is not None:
            prefix = line[: token.start()]
            example = view.page.examples[int(token[1])]
            written += [(prefix + code).rstrip() if not code else prefix + code for code in as_shown(view, example)]
    return "\n".join(written).strip() + "\n"


def as_shown(view: PageView, example: Example) -> list[str]:
    """The lines of an example, or of another fence, as the page shows them."""
    if is_shown(example):
        return fenced(block(view, example))
    fence = example.fence
    body = [ESCAPED_INCLUDE.sub(r"\1\2", line) for line in fence.body]
    return [fence.marks + fence.info, *body, fence.marks]


def block(view: PageView, example: Example) -> Block:
    if isinstance(example, Program):
        verdict = f" ({VERDICTS[example.verdict].lower()})" if example.verdict else ""
        code = example.source.text.removesuffix("\n")
        return Block("python", f"`{example.title}`{verdict}:", code, "")
    assert isinstance(example, Inline | Transcript)
    if isinstance(example, Inline):
        code, below = example.source.removesuffix("\n"), evidence(view, example)
    else:
        output, below = output_and_notes(view, example)
        code = "\n".join([f"$ {example.command.text}", *output])
    language = "python" if isinstance(example, Inline) else "console"
    return Block(language, "", code, " ".join(words(text) for _, text in below if text))


def fenced(block: Block) -> list[str]:
    """The lines of a block."""
    marks = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", block.code))])
    above = [block.above, ""] if block.above else []
    below = ["", f"*{block.below}*"] if block.below else []
    return [*above, marks + block.language, *block.code.split("\n"), marks, *below]


def untabbed(lines: Sequence[str]) -> list[str]:
    """Tabs one below the other: their names in bold, and their content without its indentation."""
    found, inside = [], False
    for line in lines:
        if tab := TAB.fullmatch(line):
            inside = True
            found.append(f"**{tab['name']}**")
        elif inside and (not line.strip() or line.startswith("    ")):
            found.append(line[4:])
        else:
            inside = False
            found.append(line)
    return found


def bare(text: str) -> str:
    """Prose without scripts, empty elements, comments, line breaks in HTML, and anchors of headings."""
    text = re.sub(r"<script\b.*?</script>|<!--.*?-->|<div[^>]*></div>|<br>", "", text, flags=re.DOTALL)
    return re.sub(r"^(#+ .*?) *\{ *#[\w-]+ *\}$", r"\1", text, flags=re.MULTILINE)


def words(markup: str) -> str:
    """HTML as text on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def beside(file: SiteFile) -> AddressOf:
    """Pages are at their plain copies and files where they are, as seen from this page."""

    def address_of(other: SiteFile, anchor: str) -> str:
        if other.src_uri == file.src_uri:
            return anchor or NAME
        return relative(address(other) if other.is_documentation_page() else other.url, file.url) + anchor

    return address_of


def address(file: SiteFile) -> str:
    """Where the plain copy of a page is, below the site's own address."""
    return f"{'' if file.url in ('./', '/') else file.url}{NAME}"


def listed(name: str, description: str, site_url: str, nav: Any) -> str:
    """llms.txt: what this site is, then its pages in the order of MkDocs' navigation."""
    lines = [f"# {name}", "", f"> {description}", "", ABOUT, ""]
    groups: dict[str, list[str]] = {}
    for item in sorted(nav.items, key=lambda item: not item.children):  # single pages last
        group = groups.setdefault(item.title if item.children else "More", [])
        group += [entry(page, site_url) for page in leaves(item)]
    for title, entries in groups.items():
        lines += [f"## {title}", "", *entries, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def leaves(item: Any) -> Iterator[Any]:
    """The pages of a section, at any depth."""
    if item.is_page:
        yield item
    for child in item.children or ():
        yield from leaves(child)


def entry(page: Any, site_url: str) -> str:
    title = words(page.title).replace("[", "\\[").replace("]", "\\]")
    description = page.meta.get("description", "")
    return f"- [{title}]({site_url}{address(page.file)})" + (f": {description}" if description else "")


def write(site: Path, url: str, text: str) -> None:
    file = site / url
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
