"""Gives sybil the examples of a page: one region, and so one pytest item, for each fence."""

import re
from collections.abc import Iterable
from pathlib import Path

from byexample.pages.reader import read
from sybil import Document, Example, Region, Sybil
from sybil.typing import Evaluator, Parser


class PageDocument(Document):
    """A page as sybil sees it; one that is not UTF-8 is a page too, with one example that says so."""

    @classmethod
    def parse(cls, path: str, *parsers: Parser, encoding: str = "utf-8") -> "PageDocument":
        document = cls(Path(path).read_text(encoding, errors="replace"), path)
        for parser in parsers:
            for region in parser(document):
                document.add(region)
        return document


class PageParser:
    """The one parser of a page. Its regions carry (page, example); what evaluates them is given."""

    def __init__(self, root: Path, evaluator: Evaluator) -> None:
        self.root = root
        self.evaluator = evaluator

    def __call__(self, document: Document) -> Iterable[Region]:
        page = read(Path(document.path), self.root)
        starts = line_starts(document.text)
        for example in page.examples:
            start = starts[example.fence.line - 1]
            yield Region(start, start, (page, example), self.evaluator)  # sybil takes none that overlap: they are empty


class PageSybil(Sybil):
    """Names an example by its line alone: a page's node id ends as messages about it begin."""

    def identify(self, example: Example) -> str:
        return f"line:{example.line}"


def sybils(root: Path, evaluator: Evaluator) -> list[Sybil]:
    """Those that collect the pages below this root, and the notebooks and other Python files among them."""
    parsers = [PageParser(root, evaluator)]
    types: dict[str | None, type[Document]] = {".md": PageDocument, ".py": PageDocument}
    return [
        PageSybil(parsers=parsers, patterns=["*.md"], path=str(root), document_types=types),
        PageSybil(parsers=parsers, patterns=["*.py"], path=str(root / "docs"), document_types=types),
    ]


def line_starts(text: str) -> list[int]:
    """Offsets of the lines of a text."""
    return [0, *(newline.end() for newline in re.finditer("\n", text))]
