"""Rewrites stale transcripts in place: bottom-up, so that lines stay where they are, and whole pages at a time."""

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from byexample.pages.classify import MARKER
from byexample.pages.examples import Page, Transcript
from byexample.pages.fences import Fence, closing
from byexample.pages.reader import read_text
from byexample.pages.rendering import TOKENS
from filelock import FileLock

LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")  # between them: as a page is read, a carriage return ends one, too
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
    command: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Update":
        return cls(**values | {"old": tuple(values["old"]), "new": tuple(values["new"])})


def apply(root: Path, name: str, updates: Sequence[Update]) -> list[int]:
    """Writes a page with all its updates; the lines of those that were not there already.

    UpdateError or OSError if it was not written. Another run that updates pages waits for this one, and a page that
    somebody saves meanwhile is left alone.
    """
    path = (root / name).resolve()  # through a link, which stays one
    if not path.is_relative_to(root.resolve()):
        raise UpdateError(f"{name}: a link that leads out of the repository; nothing was written")
    (root / ".cache").mkdir(exist_ok=True)
    with FileLock(root / ".cache/update.lock"):
        before = path.read_bytes()
        try:
            text = before.decode("utf-8")
        except UnicodeDecodeError:
            raise UpdateError(f"{name}: not UTF-8 any more; nothing was written") from None
        page = as_page(text, root / name, root)
        stale = {update.line: update for update in updates if is_stale(update, page)}
        if stale:
            after = rewritten(text, page, stale)
            check_reads_back(page, as_page(after, root / name, root), stale)
            replace(path, before, after.encode("utf-8"), name)
    return sorted(stale)


def as_page(text: str, path: Path, root: Path) -> Page:
    """The page as it is read from its file."""
    return read_text(re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")), path, root)


def is_stale(update: Update, page: Page) -> bool:
    """Whether the transcript is as it was when its program ran; False if another run has updated it already."""
    here = next((each for each in page.transcripts if each.fence.line == update.line), None)
    if here is not None and here.command.text == update.command:
        if here.output == update.old:
            return True
        if here.output == update.new:
            return False
    raise UpdateError(f"{update.page}:{update.line}: changed while its program ran; nothing was written, run again")


def rewritten(text: str, page: Page, updates: Mapping[int, Update]) -> str:
    """The page's text with these updates, by line; UpdateError for a line that no page can hold."""
    lines = LINES.split(text)
    for example in reversed(page.transcripts):
        fence = example.fence
        if fence.line in updates:
            update = updates[fence.line]
            check(update, fence)
            newline = lines[fence.line - 1][len(lines[fence.line - 1].rstrip("\r\n")) :]
            new = [indented(fence.prefix, line) + newline for line in update.new]
            lines[fence.line + 1 : fence.end - 1] = new  # below the command, up to the closing marks
    return "".join(lines)


def check(update: Update, fence: Fence) -> None:
    """UpdateError for a line that would not be read from the page as it was printed."""
    end = closing(fence.prefix, fence.marks)
    for line in update.new:
        what = next((what for what, pattern in UNFIT.items() if pattern.search(line)), None)
        if end.fullmatch(indented(fence.prefix, line)):
            what = "the marks that end its transcript"
        if what:
            raise UpdateError(
                f"{update.page}:{update.line}: its program prints {what}, which the page cannot hold: {line!r}. "
                "Nothing was written: let it print something else"
            )


def check_reads_back(before: Page, after: Page, updates: Mapping[int, Update]) -> None:
    """UpdateError, whatever the reason, if an example is not what it was, or a transcript not what was printed."""
    for old, new in zip(before.examples, after.examples, strict=False):
        update = updates.get(old.fence.line) if isinstance(old, Transcript) else None
        wanted = (old.fence.body[0], *update.new) if update else old.fence.body
        if type(old) is not type(new) or new.fence.body != wanted:
            raise UpdateError(f"{after.name}:{new.fence.line}: the page would say something else; nothing was written")
    if len(before.examples) != len(after.examples):
        raise UpdateError(f"{after.name}: the page would have other examples; nothing was written")


def replace(path: Path, before: bytes, after: bytes, name: str) -> None:
    """Writes the page aside, then puts it in the place of the old one: unless that is another one by now."""
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(after)
        os.chmod(aside, path.stat().st_mode)
        if path.read_bytes() != before:
            raise UpdateError(f"{name}: changed while it was updated; nothing was written, run again")
        os.replace(aside, path)
    except BaseException:
        os.unlink(aside)
        raise


def indented(prefix: str, line: str) -> str:
    return prefix + line if line else prefix.rstrip()
