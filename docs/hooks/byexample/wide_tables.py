"""Tables with three columns or more: cells that a phone can stack, and code that breaks at good places."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

COLUMNS = 3  # site.css stacks from here on
BREAK = re.compile(r"(?<=[(.])(?=\w)")  # client.|gather(|client.|map(square


class WideTables(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            names = ["".join(cell.itertext()) for cell in table.iter("th")]
            if len(names) < COLUMNS:
                continue
            for row in table.iterfind("tbody/tr"):
                for name, cell in zip(names[1:], row.findall("td")[1:], strict=True):
                    cell.set("data-column", name)  # which phones show
            for code in table.iter("code"):
                breakable(code)


def breakable(code: Element) -> None:
    first, *others = BREAK.split(code.text or "")
    code.text = AtomicString(first)
    for piece in others:
        SubElement(code, "wbr").tail = AtomicString(piece)


class WideTablesExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(WideTables(md), "wide-tables", 0)  # after inline Markdown has become elements
