"""Tables with three columns or more: each cell knows its column's name, which phones show, as they stack the cells."""

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

COLUMNS = 3  # site.css stacks from here on


class NamedCells(Treeprocessor):
    def run(self, root):
        for table in root.iter("table"):
            names = ["".join(cell.itertext()) for cell in table.iter("th")]
            if len(names) >= COLUMNS:
                for row in table.iterfind("tbody/tr"):
                    for name, cell in zip(names[1:], row.findall("td")[1:], strict=True):
                        cell.set("data-column", name)


class NamedCellsExtension(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(NamedCells(md), "named-cells", 0)  # after inline Markdown has become elements
