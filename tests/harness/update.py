"""Rewrites stale transcripts in place: bottom-up, so that lines stay where they are, and whole pages at a time."""

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from byexample.pages.classify import MARKER
from byexample.pages.fences import OPENING, closing
from byexample.pages.rendering import TOKENS

# Each that no page can hold, in words, before the line itself is shown.
UNFIT = {
    "a null character": re.compile("\0"),
    "a carriage return inside a line": re.compile("\r"),
    "what begins like a command": re.compile(r"\A\$ "),
    "what looks like an include": MARKER,
    "what stands for a fence while a page is rendered": TOKENS,
}


class UpdateError(Exception):
    """A page that changed while its examples ran, or cannot hold what they printed: it is left as it is."""


@dataclass(frozen=True)
class Update:
    """New lines for the transcript whose fence opens at `line`, below its command."""

    page: str
    line: int  # of the opening marks, from 1
    end: int  # of the closing marks
    prefix: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Update":
        return cls(**values | {"old": tuple(values["old"]), "new": tuple(values["new"])})


def apply(path: Path, updates: Iterable[Update]) -> None:
    """Writes the page aside with all its updates, then puts it in the place of the old one."""
    text = path.read_bytes().decode("utf-8")
    lines = re.split(r"(?<=\n)", text)
    for update in sorted(updates, key=lambda update: update.line, reverse=True):
        first, last = update.line + 1, update.end - 1  # below the command, up to the closing marks
        newline = lines[update.line - 1][len(lines[update.line - 1].rstrip("\r\n")) :]
        here = [line.rstrip("\r\n") for line in lines[first:last]]
        if here != [indented(update.prefix, line) for line in update.old] and here != [
            indented(update.prefix, line).rstrip() for line in update.old
        ]:
            raise UpdateError(
                f"{update.page}:{update.line}: changed while its program ran; nothing was written, run again"
            )
        check(update, lines[update.line - 1])
        lines[first:last] = [indented(update.prefix, line) + newline for line in update.new]
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write("".join(lines).encode("utf-8"))
        os.chmod(aside, path.stat().st_mode)
        os.replace(aside, path)
    except BaseException:
        os.unlink(aside)
        raise


def check(update: Update, opening: str) -> None:
    """UpdateError for a line that would not be read from the page as it was printed."""
    marks = OPENING.match(opening.rstrip("\r\n"))
    assert marks  # it was read as a fence
    end = closing(update.prefix, marks["marks"])
    for line in update.new:
        what = next((what for what, pattern in UNFIT.items() if pattern.search(line)), None)
        if end.fullmatch(indented(update.prefix, line)):
            what = "the marks that end its transcript"
        if what:
            raise UpdateError(
                f"{update.page}:{update.line}: its program prints {what}, which the page cannot hold: {line!r}. "
                "Nothing was written: let it print something else"
            )


def indented(prefix: str, line: str) -> str:
    return prefix + line if line else prefix.rstrip()
