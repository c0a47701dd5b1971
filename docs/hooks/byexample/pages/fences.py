"""Finds everything in a page that looks like a fence, whether or not Markdown agrees."""

import re
from dataclasses import dataclass

# A fence may follow indentation, quote marks or a list mark. It is seen even if Markdown makes something else of it.
OPENING = re.compile(r"(?P<prefix>(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*)(?P<marks>`{3,}|~{3,})(?P<info>.*)")


class PageError(Exception):
    """What is wrong in a page, with its line (counted from 1) and what to do."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Fence:
    """A fence as it stands in the source. Lines are counted from 1."""

    line: int  # of the opening marks
    end: int  # of the closing marks
    prefix: str  # what stands before the marks
    marks: str
    info: str  # the rest of the opening line
    body: tuple[str, ...]  # the lines between, without the prefix


def scan(text: str) -> list[Fence]:
    """All fences of a page in order; PageError for one that is never closed.

    A fence ends, as for pymdownx.superfences, at a line of the very same marks that is not indented more than they.
    """
    lines = text.split("\n")  # as Markdown does; splitlines() would also split at form feeds
    fences = []
    number = 0
    while number < len(lines):
        opening = OPENING.match(lines[number])
        number += 1
        if not opening or ("`" in opening["marks"] and "`" in opening["info"]):
            continue  # prose, or inline code between three backticks
        prefix = opening["prefix"]
        end = closing(prefix, opening["marks"])
        start = number
        while number < len(lines) and not end.fullmatch(lines[number]):
            number += 1
        if number == len(lines):
            raise PageError(start, f"this fence is never closed: end it with a line {opening['marks']}")
        body = tuple(without(prefix, line) for line in lines[start:number])
        number += 1
        fences.append(Fence(start, number, prefix, opening["marks"], opening["info"].strip(), body))
    return fences


def closing(prefix: str, marks: str) -> re.Pattern[str]:
    """Matches a line that ends the fence that these marks open."""
    return re.compile(rf"[ \t>]{{0,{len(prefix.expandtabs(4))}}}{re.escape(marks)}[ \t]*")


def without(prefix: str, line: str) -> str:
    """The line without the fence's own indentation or quote marks, as far as it has them."""
    if not line.startswith(prefix):  # Markdown takes a tab for four spaces
        start = len(line) - len(line.lstrip(" \t>"))
        prefix, line = prefix.expandtabs(4), line[:start].expandtabs(4) + line[start:]
    for index, character in enumerate(prefix):
        if line[index : index + 1] != character:
            return line[index:].lstrip() if not line.strip() else line[index:]
    return line[len(prefix) :]
