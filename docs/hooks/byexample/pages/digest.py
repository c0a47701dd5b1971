"""Stands for an example and all programs of its page.

A report of other programs, or of an example that was edited since, has another digest and does not count.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from .examples import Inline, Page, Transcript


def example_digest(page: Page, example: Transcript | Inline) -> str:
    """The digest of an example as it stands on its page; 16 hexadecimal digits."""
    if isinstance(example, Inline):
        above = page.inlines[: page.inlines.index(example) + 1]  # it may use what they define
        return digest([*(block.source.strip() for block in above), *programs(page)])
    return transcript_digest(page, example, example.output)


def digests(page: Page) -> set[str]:
    """Those of all examples of a page."""
    return {example_digest(page, example) for example in page.anchors.values()}


def transcript_digest(page: Page, transcript: Transcript, output: Sequence[str]) -> str:
    """The digest of a transcript with these lines of output."""
    attributes = json.dumps(dict(sorted(transcript.attributes.given.items())))
    text = ["\n".join(output)] if output else []  # to print nothing is not to print an empty line
    return digest([attributes, transcript.command.text, *text, *programs(page)])


def programs(page: Page) -> list[str]:
    """Titles and texts of the page's programs: each command runs in a folder that holds all of them."""
    parts = []
    for program in sorted(page.programs, key=lambda program: program.title):
        parts += [program.title, program.source.text]
    return parts


def digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("".join(part + "\0" for part in parts).encode()).hexdigest()[:16]
