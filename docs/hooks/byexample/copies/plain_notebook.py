"""A notebook's page as plain Markdown: its cells as they were written, and what they printed or drew."""

from typing import Any

import jupytext
from bs4 import BeautifulSoup, Tag

from .links import AddressOf, moved
from .plain import Block, bare, fenced
from .site import SiteFile, SiteFiles


def copy(content: str, file: SiteFile, files: SiteFiles, address_of: AddressOf) -> str:
    """The Markdown; `content` is the notebook's page, which has the outputs."""
    figures = BeautifulSoup(content, "html.parser").select("figure.cell")
    parts = []
    for cell in jupytext.read(file.abs_src_path).cells:
        if cell.cell_type == "markdown":
            parts.append(moved(bare(cell.source), file, files, address_of))
        elif cell.cell_type == "code":
            parts.append("\n".join(fenced(Block("python", "", cell.source, ""))))
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


def outputs(figure: Tag) -> list[str]:
    """What a cell printed or drew."""
    blocks = []
    for part in figure.select(".terminal, .source-of, .drawn"):
        if "drawn" not in part["class"]:
            language = "text" if "terminal" in part["class"] else "python"
            blocks.append("\n".join(fenced(Block(language, "", part.get_text().strip("\n"), ""))))
        else:
            images = [str(image["alt"]) for image in part.select("img[alt]")]
            images += [str(svg.get("aria-label") or text(svg.find(["title", "desc"]))) for svg in part.select("svg")]
            pictures = dict.fromkeys(" ".join(words.split()) for words in images if words)  # one for each width
            blocks += [f"*Picture: {words}*" for words in pictures]
            blocks += [table(part) for part in part.select("table")]
    return blocks


def table(element: Tag) -> str:
    """A table's rows, its first one as its head."""
    rows = [[text(cell).replace("|", "\\|") for cell in row.select("th, td")] for row in element.select("tr")]
    lines = ["| " + " | ".join(row) + " |" for row in rows if row]
    return "\n".join([*lines[:1], "|" + "---|" * len(rows[0]), *lines[1:]]) if lines else ""


def text(element: Any) -> str:
    return " ".join(element.get_text(" ").split()) if element else ""
