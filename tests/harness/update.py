"""Rewrites stale transcripts in place: bottom-up, so that lines stay where they are, and whole pages at a time."""

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


class UpdateError(Exception):
    """A page that changed while its examples ran: it is left as it is."""


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
            raise UpdateError(f"{path}:{update.line}: changed while its program ran; nothing was written, run again")
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


def indented(prefix: str, line: str) -> str:
    return prefix + line if line else prefix.rstrip()
