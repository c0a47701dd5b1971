"""What a page is made of: every fence is an example of exactly one kind, or is refused with what to do."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .attributes import Attributes
from .commands import Command
from .fences import Fence
from .sources import Source


@dataclass(frozen=True, eq=False)
class Program:
    """A `python` fence that shows a file of snippets/."""

    title: str
    file: Path
    path: str  # below snippets/
    source: Source
    verdict: str  # "fails", "works" or nothing
    no_run: str  # why it cannot run in a page, if its source does not tell
    options: Mapping[str, str | None]  # for the highlighter
    fence: Fence


@dataclass(frozen=True, eq=False)
class Transcript:
    """A `console` fence: a command and what it prints."""

    command: Command
    output: tuple[str, ...]  # the lines below the command
    attributes: Attributes
    fence: Fence


@dataclass(frozen=True, eq=False)
class Inline:
    """A `python` or `pycon` fence that runs in the page's namespace."""

    source: str  # ends with a newline
    doctest: bool
    tree: ast.Module
    language: str
    options: Mapping[str, str | None]  # for the highlighter
    fence: Fence


@dataclass(frozen=True, eq=False)
class NotRun:
    """A fence of a language that is no program, or a notebook, which the build executes."""

    fence: Fence


@dataclass(frozen=True, eq=False)
class Refused:
    """Something that would weaken the page's promise."""

    line: int  # of the fault, from 1
    message: str  # what is wrong and what to do
    fence: Fence  # or the lines that hold it


@dataclass(frozen=True, eq=False)
class Waiting:
    """A transcript whose own fault is not known before that of its program is repaired."""

    message: str
    fence: Fence


Example = Program | Transcript | Inline | NotRun | Refused | Waiting


@dataclass(frozen=True, eq=False)
class Page:
    """The examples of a page, in order."""

    path: Path
    name: str  # below the repository: docs/answers/create-a-pool.md
    text: str
    examples: tuple[Example, ...] = field(repr=False)

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        return tuple(example for example in self.examples if isinstance(example, Program))

    @cached_property
    def transcripts(self) -> tuple[Transcript, ...]:
        return tuple(example for example in self.examples if isinstance(example, Transcript))

    @cached_property
    def inlines(self) -> tuple[Inline, ...]:
        return tuple(example for example in self.examples if isinstance(example, Inline))

    @cached_property
    def refused(self) -> tuple[Refused, ...]:
        return tuple(example for example in self.examples if isinstance(example, Refused))

    @cached_property
    def anchors(self) -> dict[str, Transcript | Inline]:
        """What runs prove, by its anchor on the built page: `example-1` is the first."""
        proved = [example for example in self.examples if isinstance(example, Transcript | Inline)]
        return {f"example-{number}": example for number, example in enumerate(proved, 1)}

    @property
    def problems(self) -> list[str]:
        """What is refused, each as `docs/page.md:LINE: what and what to do`."""
        return [f"{self.name}:{example.line}: {example.message}" for example in self.refused]

    def program(self, title: str) -> Program:
        """The program of this title; KeyError if the page shows none."""
        return {program.title: program for program in self.programs}[title]

    def source_of(self, transcript: Transcript) -> Source:
        """What decides how a transcript's processes start: its program, or what stands after -c."""
        command = transcript.command
        return Source(command.code) if command.program is None else self.program(command.program).source
