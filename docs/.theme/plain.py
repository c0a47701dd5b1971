"""The site for programs that read: each page as plain Markdown beside its HTML, and llms.txt (llmstxt.org) that lists them."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jupytext
from archive import NAME as ARCHIVE
from bs4 import BeautifulSoup
from links import Place, moved
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_relative_url

NAME = "index.md"  # beside the page's own index.html
LIST = "llms.txt"
ABOUT = (
    "Every program is shown whole, and every output below one was printed by it: the lines in italics say on which Pythons, systems\n"
    f"and start methods. The programs themselves are below programs/, all together in {ARCHIVE}."
)
OPENING = re.compile(r"(?P<indent>[ \t]*)(?P<marks>`{3,}|~{3,})[ \t]*\{?[ \t]*\.?(?P<language>[\w+-]*)")
TAB = re.compile(r'=== "(?P<name>[^"]*)"')
SHOWN = {"python", "py", "pycon", "console"}  # fences that are examples


@dataclass(frozen=True)
class Block:
    """An example as the page shows it."""

    language: str
    above: str  # a program's name; empty if it has none
    code: str
    below: str  # what the page says below it: attributes in words, where it ran


def copy(text: str, blocks: Iterable[Block], page, files, place: Place) -> str:
    """A page's Markdown with its examples as they are shown, and nothing in it that only this site's build knows."""
    todo = iter(blocks)
    lines = untabbed(text.split("\n"))
    written: list[str] = []  # prose is gathered, since a link may be broken between two lines
    prose: list[str] = []

    def flush() -> None:
        text = re.sub(r"\n{3,}", "\n\n", bare("\n".join(prose)))
        written.extend(moved(text, page.file, files, place).split("\n") if prose else [])
        prose.clear()

    while lines:
        opening = OPENING.match(lines[0])
        if not opening:
            prose.append(lines.pop(0))
            continue
        flush()
        end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == opening["marks"]), len(lines) - 1)
        fence, lines = lines[: end + 1], lines[end + 1 :]
        if opening["language"] in SHOWN:
            block = next(todo, None)
            if block is None or (block.language == "console") != (opening["language"] == "console"):
                raise PluginError(
                    f"{page.file.src_uri}: its plain copy lost count of the examples at {fence[0].strip()!r}"
                )
            written += [opening["indent"] + line if line else "" for line in shown(block)]
        else:
            written += [re.sub(r"^(\s*);(-+8<-)", r"\1\2", line) for line in fence]
    flush()
    if next(todo, None) is not None:
        raise PluginError(f"{page.file.src_uri}: its plain copy lacks an example")
    return "\n".join(written).strip() + "\n"


def shown(block: Block) -> list[str]:
    """The lines of an example."""
    marks = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", block.code))])
    above = [block.above, ""] if block.above else []
    below = ["", f"*{block.below}*"] if block.below else []
    return [*above, marks + block.language, *block.code.rstrip("\n").split("\n"), marks, *below]


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


def notebook(content: str, page, files, place: Place) -> str:
    """A notebook's Markdown; `content` is its page, which has the outputs."""
    figures = BeautifulSoup(content, "html.parser").select("figure.cell")
    parts = []
    for cell in jupytext.read(page.file.abs_src_path).cells:
        if cell.cell_type == "markdown":
            parts.append(moved(bare(cell.source), page.file, files, place))
        elif cell.cell_type == "code":
            parts.append("\n".join(shown(Block("python", "", cell.source, ""))))
            # A cell can be left out of the page; then the next figure is another cell's.
            if (
                figures
                and (code := figures[0].select_one(".highlight:not(.source-of) code"))
                and same(code.get_text(), cell.source)
            ):
                parts += outputs(figures.pop(0))
    if note := BeautifulSoup(content, "html.parser").select_one(".notes"):
        parts.append(f"*{note.get_text()}*")
    return "\n\n".join(parts).strip() + "\n"


def same(one: str, other: str) -> bool:
    return one.split() == other.split()


def outputs(figure) -> list[str]:
    """What a cell printed or drew."""
    found = []
    for part in figure.select(".terminal, .source-of, .drawn"):
        if "drawn" not in part["class"]:
            language = "text" if "terminal" in part["class"] else "python"
            found.append("\n".join(shown(Block(language, "", part.get_text().strip("\n"), ""))))
        else:
            images = [image.get("alt") for image in part.select("img[alt]")]
            images += [(svg.get("aria-label") or text(svg.find(["title", "desc"]))) for svg in part.select("svg")]
            pictures = dict.fromkeys(
                " ".join(said.split()) for said in images if said
            )  # one for each width of a screen
            found += [f"*Picture: {said}*" for said in pictures]
            found += [table(one) for one in part.select("table")]
    return found


def table(found) -> str:
    """A table's rows, its first one as its head."""
    rows = [[text(cell).replace("|", "\\|") for cell in row.select("th, td")] for row in found.select("tr")]
    lines = ["| " + " | ".join(row) + " |" for row in rows if row]
    return "\n".join([*lines[:1], "|" + "---|" * len(rows[0]), *lines[1:]]) if lines else ""


def text(element) -> str:
    return " ".join(element.get_text(" ").split()) if element else ""


def words(markup: str) -> str:
    """HTML as text on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def beside(page) -> Place:
    """Places pages at their plain copies and files where they are, as seen from this page."""

    def place(file, anchor: str) -> str:
        if file.src_uri == page.file.src_uri:
            return anchor or NAME
        return get_relative_url(address(file) if file.is_documentation_page() else file.url, page.url) + anchor

    return place


def address(file) -> str:
    """Where the plain copy of a page is, below the site's own address."""
    return f"{'' if file.url in ('./', '/') else file.url}{NAME}"


def listed(config, nav) -> str:
    """llms.txt: what this site is, then its pages in the navigation's order; absolute if the site's address is known."""
    said = [f"# {config.site_name}", "", f"> {config.site_description}", "", ABOUT, ""]
    groups: dict[str, list[str]] = {}
    for item in sorted(nav.items, key=lambda item: not item.children):  # single pages last
        lines = groups.setdefault(item.title if item.children else "More", [])
        lines += [entry(page, config.site_url or "") for page in leaves(item)]
    for group, lines in groups.items():
        said += [f"## {group}", "", *lines, ""]
    return "\n".join(said).rstrip("\n") + "\n"


def leaves(item) -> Iterable:
    """The pages of a section, at any depth."""
    if item.is_page:
        yield item
    for child in item.children or ():
        yield from leaves(child)


def entry(page, site_url: str) -> str:
    title = words(page.title).replace("[", "\\[").replace("]", "\\]")
    description = page.meta.get("description", "")
    return f"- [{title}]({site_url}{address(page.file)})" + (f": {description}" if description else "")


def write(site: Path, url: str, text: str) -> None:
    file = site / url
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
