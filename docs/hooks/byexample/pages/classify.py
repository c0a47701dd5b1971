"""Says of what kind a fence is, and refuses it with its line and what to do if it is of none."""

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import entries, inline
from .attributes import CODE_OPTIONS, attributes, refuse_unknown, verdict
from .commands import parse
from .examples import Inline, NotRun, Program, Transcript
from .fences import Fence, PageError
from .rendering import Rendered
from .sources import Source

NOT_RUN = {"toml", "yaml", "json", "markdown", "mermaid"}
WITH_SET_UP_LINES = ("README.md", "docs/contributing.md")
INCLUDE = re.compile(r'--8<--[ \t]+"([^"]+)"')  # with a blank after it, the snippets extension leaves it as it is
RANGE = re.compile(r":[\w,:-]*$")
MARKER = re.compile(r"^[ \t>]*-+8<-+")  # any form of the snippets extension, escaped ones (`;--8<--`) left out
# As superfences takes them.
OPTIONS = {"hl_lines": re.compile(r"\d+(-\d+)?([ \t]+\d+(-\d+)?)*"), "linenums": re.compile(r"\d+([ \t]+\d+){0,2}")}
LINE = 68  # characters of a program that fit beside the navigation, so that nobody has to scroll
AS_ASKED = {"number_processes.py"}  # shown as it was asked about, with longer lines


@dataclass(frozen=True)
class Above:
    """What a page shows above a fence."""

    root: Path  # of the repository
    name: str  # of the page: docs/answers/create-a-pool.md
    programs: Mapping[str, Program]  # by title


def classify(fence: Fence, shown: Rendered, above: Above) -> Program | Transcript | Inline | NotRun:
    """The one kind that this fence is of; PageError if it is of none."""
    language = shown.language
    included = include(fence)
    for name, pattern in OPTIONS.items():
        if name in shown.options and not pattern.fullmatch(shown.options[name] or ""):
            raise PageError(fence.line, f"`{name}={shown.options[name]}`: line numbers, with blanks between them")
    if language in ("python", "py", "pycon"):
        is_program = language != "pycon" and (included or "title" in shown.options)
        return program(fence, shown, included, above) if is_program else block(fence, shown, included)
    if included:
        raise PageError(fence.line, f"only programs are included: write out what this `{language}` fence shows")
    if language == "console":
        return transcript(fence, shown, above)
    if language in NOT_RUN:
        refuse_unknown(shown, fence.line, CODE_OPTIONS, set())
        return NotRun(fence)
    if language == "bash":
        if above.name not in WITH_SET_UP_LINES:
            pages = " and ".join(WITH_SET_UP_LINES)
            raise PageError(fence.line, f"`bash` is for the set-up lines of {pages}, which tests run")
        return NotRun(fence)
    name = f"`{language}`" if language else "no language"
    raise PageError(
        fence.line,
        f"{name}: nothing runs or compares this fence. An output is a `console` fence below its program; "
        f"not run, and only these: {', '.join(sorted(NOT_RUN))}, and `bash` for set-up lines",
    )


def include(fence: Fence) -> str | None:
    """The path that the fence includes as a whole, or None; PageError for anything in between."""
    if not any(MARKER.match(line) for line in fence.body):
        return None
    match = INCLUDE.fullmatch(fence.body[0]) if len(fence.body) == 1 else None
    if not match:
        raise PageError(fence.line, 'an include is one line, alone in its fence: --8<-- "snippets/FOLDER/NAME.py"')
    return match[1]


def program(fence: Fence, shown: Rendered, included: str | None, above: Above) -> Program:
    as_written = verdict(shown, fence.line)
    title = shown.options.get("title")
    if included is None:
        instead = f'put it there and include it, --8<-- "snippets/…/{title}"'
        raise PageError(fence.line, f"a program lives in snippets/: {instead}")
    file = included_file(included, fence.line + 1, above.root)
    if not title:
        raise PageError(fence.line, f'this program needs its name: ```python title="{file.name}"')
    if not file.as_posix().endswith("/" + title):
        raise PageError(fence.line, f"the title `{title}` is not the file's own name, `{file.name}`")
    source = readable(file, included, fence.line + 1)
    no_run = shown.options.get("no-run", "")
    if no_run is None or ("no-run" in shown.options and not no_run.strip()):
        raise PageError(fence.line, '`no-run` needs the reason: no-run="…"')
    path = file.relative_to((above.root / "snippets").resolve()).as_posix()
    return Program(title, file, path, source, as_written, no_run, highlighting(shown), fence)


def included_file(included: str, line: int, root: Path) -> Path:
    """The file of snippets/ that an include names; PageError if there is none."""
    if RANGE.search(included):
        raise PageError(line, f"`{included}`: a program is shown whole, without a section or line range")
    file = Path(os.path.realpath(root / included))  # Path.resolve() raises for a link to itself
    if not file.is_relative_to((root / "snippets").resolve()):
        raise PageError(line, f"`{included}` is not below snippets/")
    # Some systems ignore upper and lower case; what passes on all of them is the name as it is listed.
    if not os.path.isfile(file) or included.rpartition("/")[2] not in os.listdir(file.parent):
        raise PageError(line, f"no file `{included}`" + suggestion(included, root))
    return file


def suggestion(included: str, root: Path) -> str:
    """The program that this path may stand for, as a question; empty if none is like it."""
    name = meant(included, root)
    return f"; did you mean {name}?" if name else ""


def meant(included: str, root: Path) -> str | None:
    """The program that an include of no file may stand for."""
    names = sorted(path.relative_to(root).as_posix() for path in (root / "snippets").rglob("*.py"))
    near = [name for name in names if name.rpartition("/")[2] == included.rpartition("/")[2]]
    near = near or difflib.get_close_matches(included, names, 1, 0.8)
    return near[0] if near else None


def readable(file: Path, included: str, line: int) -> Source:
    """The program; PageError if it cannot be shown as it is."""
    if message := entries.too_large(file):
        raise PageError(line, f"`{included}`: {message}")
    try:
        source = Source(file.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        source = Source("\0")
    if "\0" in source.text:
        raise PageError(line, f"`{included}` is not text in UTF-8")
    try:
        source.requirements  # noqa: B018 - raises for a header that cannot be read
    except (ValueError, RecursionError) as error:
        raise PageError(line, f"`{included}`: cannot read its PEP 723 header: {error}") from None
    if problem := too_long(source.text, file.name):
        raise PageError(line, f"{included}:{problem}")
    return source


def too_long(source: str, name: str) -> str | None:
    """The first line of a program that readers would have to scroll, as `LINE: what`; None without one."""
    for number, line in enumerate(source.split("\n"), 1):
        if len(line) > LINE and name not in AS_ASKED:
            return f"{number}: {len(line)} characters, more than {LINE}: readers would have to scroll"
    return None


def block(fence: Fence, shown: Rendered, included: str | None) -> Inline:
    if included:
        raise PageError(fence.line, "`pycon` is for doctests: a program stands in a `python` fence")
    refuse_unknown(shown, fence.line, set(OPTIONS), set())
    source = "\n".join(fence.body) + "\n"
    doctest = shown.language == "pycon" or source.lstrip().startswith(">>>")
    tree = inline.check(source, fence.line, doctest)
    return Inline(source, doctest, tree, shown.language, highlighting(shown), fence)


def highlighting(shown: Rendered) -> dict[str, str | None]:
    """The attributes that are for the highlighter."""
    return {name: value for name, value in shown.options.items() if name in OPTIONS}


def transcript(fence: Fence, shown: Rendered, above: Above) -> Transcript:
    given = attributes(shown, fence.line)
    if not fence.body or not fence.body[0].startswith("$ "):
        raise PageError(fence.line, "a transcript starts with its command: $ python NAME.py")
    for offset, line in enumerate(fence.body[1:], 2):
        if line.startswith("$ "):
            raise PageError(fence.line + offset, "one command a transcript: give this one a fence of its own")
    command = parse(fence.body[0][2:].strip(), fence.line + 1, above.programs)
    return Transcript(command, fence.body[1:], given, fence)
