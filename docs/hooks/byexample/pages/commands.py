"""Reads the command line of a transcript: `$ python [options] NAME.py [arguments]`, or -m, -c, < NAME.py."""

import re
import shlex
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from .fences import PageError

TAKES_VALUE = {"-W", "-X", "--check-hash-based-pycs"}
# With these, Python would not load the start-up file that sets the start method.
WITHOUT_STARTUP = re.compile(r"-(?![-WX])\w*[IES]")
QUOTED = re.compile(r"""'[^']*'|"(?P<double>(?:\\.|[^"\\])*)\"""")
EXPANDED = re.compile(r"[$`*?]|(?<!\S)[~#]")  # what a shell replaces by something else, or leaves out
UNWRITABLE = re.compile(r"[^\t\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML, as reports are
FORM = "write `$ python [options] NAME.py [arguments]`, or -m, -c, `< NAME.py`"


@dataclass(frozen=True)
class Command:
    """A parsed command. `program` is None for `-c`: the command is its own program."""

    text: str
    arguments: tuple[str, ...]  # what follows `python`, without a redirection
    program: str | None  # the title of the fence that shows what runs
    stdin: bool  # whether the program is read from standard input

    @property
    def code(self) -> str:
        """What stands after `-c`; empty without it."""
        return self.arguments[self.arguments.index("-c") + 1] if self.program is None else ""

    def mentions(self, title: str) -> bool:
        """Whether it names a program: to run it, as an argument, or in what stands after -c or -m."""
        code = [value for option, value in pairwise(self.arguments) if option in ("-c", "-m")]
        in_code = any(re.search(rf"\b{re.escape(module_name(title))}\b", value) for value in code)
        return in_code or self.program == title or title in self.arguments


def module_name(title: str) -> str:
    """The module that a program is, for those that import it."""
    return title.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def parse(text: str, line: int, titles: Collection[str]) -> Command:
    """A transcript's command, for a page that shows programs of these titles; PageError if it cannot be run."""
    arguments, redirected = split(text, line)
    position = 0
    while position < len(arguments) and arguments[position].startswith("-") and arguments[position] != "-":
        option = arguments[position]
        if WITHOUT_STARTUP.match(option):
            raise PageError(line, f"`{option}` keeps Python from loading the harness's start-up file")
        if option in ("-c", "-m"):
            if redirected is not None:
                raise PageError(line, f"`<` brings the program itself, and so does `{option}`: {FORM}")
            if position + 1 == len(arguments):
                raise PageError(line, f"no program in `{text}`: {FORM}")
            program = module(arguments[position + 1], line, titles) if option == "-m" else None
            return Command(text, arguments, program, False)
        position += 2 if option in TAKES_VALUE else 1
    rest = arguments[position:]
    if redirected is not None and rest in ((), ("-",)):
        return Command(text, arguments, known(redirected, line, titles), True)
    if redirected is not None or not rest:
        raise PageError(line, f"no program in `{text}`: {FORM}")
    return Command(text, arguments, known(rest[0], line, titles), False)


def split(text: str, line: int) -> tuple[tuple[str, ...], str | None]:
    """The words after `python`, and the file that `<` names or None; PageError for what only a shell could do."""
    if control := UNWRITABLE.search(text):
        raise PageError(line, f"a control character in a command, {control[0]!r}, which no report can hold")
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        words = list(lexer)
    except ValueError as error:
        raise PageError(line, f"cannot read the command `{text}`: {error}") from None
    if not words or words[0] != "python":
        raise PageError(line, f"unknown command `{text}`: {FORM}")
    if expanded := EXPANDED.search(QUOTED.sub(inside_quotes, text)):
        raise PageError(line, f"a shell would expand `{expanded[0]}`, and there is none: put it in single quotes")
    redirected = None
    if "<" in words:
        if words[-2:-1] != ["<"]:
            raise PageError(line, f"`<` comes last in `{text}`: {FORM}")
        redirected = words[-1]
        words = words[:-2]
    for word in words:
        if word and set(word) <= set("();<>|&"):
            raise PageError(line, f"`{word}` needs a shell, and there is none: {FORM}")
    return tuple(words[1:]), redirected


def inside_quotes(quoted: re.Match[str]) -> str:
    """What a shell would still expand of a quoted word; nothing of one in single quotes."""
    return "".join(re.findall(r"(?<!\\)[$`]", quoted["double"] or ""))


def module(name: str, line: int, titles: Collection[str]) -> str:
    """The title that `-m` runs: NAME.py, or NAME/__main__.py for a package."""
    path = name.replace(".", "/")
    for title in (f"{path}.py", f"{path}/__main__.py"):
        if title in titles:
            return title
    return known(f"{path}.py", line, titles)


def known(title: str, line: int, titles: Collection[str]) -> str:
    if title in titles:
        return title
    above = ", ".join(sorted(titles)) or "none"
    raise PageError(line, f"no program `{title}` above this transcript (above it: {above})")
