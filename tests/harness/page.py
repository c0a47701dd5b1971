"""A page as its examples: every fence is of exactly one kind, or is refused with what to do."""

import ast
import difflib
import functools
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from . import inline
from .attributes import PROGRAM_CLASSES, PROGRAM_OPTIONS, Expectation, expectation, refuse_unknown
from .commands import Command, parse
from .fences import Fence, PageError, scan
from .rendering import Rendered, render

NOT_RUN = {"toml", "yaml", "json", "markdown", "mermaid"}
INCLUDE = re.compile(r'--8<--[ \t]+"([^"]+)"')  # a blank behind it, and the snippets extension lets it stand
MARKER = re.compile(r"^[ \t>]*-+8<-+")  # any form of the snippets extension, escaped ones (`;--8<--`) left out
SKIP_COMMENT = re.compile(r"<!--+\s*skip\b", re.IGNORECASE)


@dataclass(frozen=True)
class Program:
    """A `python` fence that shows a file of snippets/."""

    title: str
    file: Path
    source: str
    line: int


@dataclass(frozen=True)
class Transcript:
    """A `console` fence: a command and what it prints."""

    command: Command
    expected: tuple[str, ...]  # the lines below the command
    expectation: Expectation
    options: Mapping[str, str | None]  # the attributes as they stand in the fence
    programs: tuple[Program, ...]  # all of the page: the command's working folder
    fence: Fence


@dataclass(frozen=True)
class Inline:
    """A `python` or `pycon` fence that runs in the page's namespace."""

    source: str
    doctest: bool
    fence: Fence


@dataclass(frozen=True)
class NotRun:
    """A fence of a language that is not a program."""

    fence: Fence


@dataclass(frozen=True)
class Refused:
    """Something that would weaken the page's promise."""

    line: int
    end: int
    message: str


Example = Program | Transcript | Inline | NotRun | Refused


@dataclass(frozen=True)
class Page:
    """The examples of one page, in order, each with its first and last line."""

    path: Path
    examples: tuple[tuple[int, int, Example], ...]

    @property
    def programs(self) -> tuple[Program, ...]:
        return tuple(example for *_, example in self.examples if isinstance(example, Program))

    @property
    def inlines(self) -> tuple[Inline, ...]:
        return tuple(example for *_, example in self.examples if isinstance(example, Inline))


def read(path: Path, root: Path) -> Page:
    """The page's examples. What is wrong with one becomes a Refused in its place, so that the others still run."""
    try:
        text = path.read_text("utf-8-sig")  # as MkDocs reads it
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return Page(path, ((1, 1, Refused(line, line, f"not UTF-8 ({error.reason} in this line): save it as UTF-8")),))
    if not text.strip():
        return Page(path, (entry(PageError(1, "this page is empty: write it or delete it"), 1),))
    if path.suffix != ".md":
        return Page(path, tuple(notebook(text, root / "mkdocs.yml")))
    examples: list[tuple[int, int, Example]] = []
    try:
        fences = scan(text)
    except PageError as error:
        return Page(path, (entry(error, error.line),))
    rendered, loose = render(text, fences, root / "mkdocs.yml")
    examples += outside(text, fences)
    examples += [entry(error, error.line) for error in loose]
    programs: dict[str, Program] = {}
    found: list[tuple[Fence, Example]] = []
    for fence, shown in zip(fences, rendered, strict=True):
        try:
            if isinstance(shown, PageError):
                raise shown
            example = classify(fence, shown, path, root, programs)
        except PageError as error:
            example = Refused(error.line, fence.end, error.message)
        if isinstance(example, Program):
            if example.title in programs:
                example = Refused(
                    fence.line, fence.end, f"the page shows {example.title} twice (line {programs[example.title].line})"
                )
            else:
                programs[example.title] = example
        found.append((fence, example))
    found = check_whole_page(found, path, root)
    examples += [(fence.line, fence.end, example) for fence, example in found]
    return Page(path, tuple(sorted(examples, key=lambda entry: entry[:2])))


def entry(error: PageError, end: int) -> tuple[int, int, Refused]:
    return error.line, end, Refused(error.line, end, error.message)


def classify(fence: Fence, shown: Rendered, path: Path, root: Path, above: dict[str, Program]) -> Example:
    """The one kind that this fence is of; PageError if it is of none."""
    language = shown.language
    included = include(fence)
    if language in ("python", "py", "pycon"):
        if language != "pycon" and (included or "title" in shown.options):
            return program(fence, shown, included, root)
        if included:
            raise PageError(fence.line, "`pycon` is for doctests: a program stands in a `python` fence")
        refuse_unknown(shown, fence.line, {"hl_lines", "linenums"}, set())
        source = "\n".join(fence.body) + "\n"
        doctest = language == "pycon" or source.lstrip().startswith(">>>")
        inline.check(source, fence.line, doctest)
        return Inline(source, doctest, fence)
    if included:
        raise PageError(fence.line, f"only programs are included: write out what this `{language}` fence shows")
    if language == "console":
        return transcript(fence, shown, above)
    if language in NOT_RUN:
        refuse_unknown(shown, fence.line, {"title", "hl_lines", "linenums"}, set())
        return NotRun(fence)
    if language == "bash":
        if path not in (root / "README.md", root / "docs" / "contributing.md"):
            told = "`bash` is for the set-up lines of README.md and docs/contributing.md, which tests run"
            raise PageError(fence.line, told)
        return NotRun(fence)
    name = f"`{language}`" if language else "no language"
    raise PageError(
        fence.line,
        f"{name}: nothing runs or compares this fence. An output is a `console` fence below its program; "
        f"not run, and only these: {', '.join(sorted(NOT_RUN))}, and `bash` for set-up lines",
    )


def include(fence: Fence) -> str | None:
    """The path that the fence includes as a whole, or None; PageError for anything in between."""
    marked = [line for line in fence.body if MARKER.match(line)]
    if not marked:
        return None
    match = INCLUDE.fullmatch(fence.body[0]) if len(fence.body) == 1 else None
    if not match:
        raise PageError(fence.line, 'an include is one line, alone in its fence: --8<-- "snippets/FOLDER/NAME.py"')
    if ">" in fence.prefix:
        raise PageError(fence.line + 1, "in a block quote no include is expanded: put the program outside it")
    return match[1]


def program(fence: Fence, shown: Rendered, included: str | None, root: Path) -> Program:
    refuse_unknown(shown, fence.line, PROGRAM_OPTIONS, PROGRAM_CLASSES)
    title = shown.options.get("title")
    if included is None:
        raise PageError(
            fence.line, f'a program lives in snippets/: put it there and include it, --8<-- "snippets/…/{title}"'
        )
    if re.search(r":[\w,:-]*$", included):
        raise PageError(fence.line + 1, f"`{included}`: a program is shown whole, without a section or line range")
    file = (root / included).resolve()
    if not file.is_relative_to((root / "snippets").resolve()):
        raise PageError(fence.line + 1, f"`{included}` is not below snippets/")
    # Some systems do not care for upper and lower case; what shall pass on all of them is the name as it is listed.
    if not file.is_file() or included.rpartition("/")[2] not in os.listdir(file.parent):
        raise PageError(fence.line + 1, f"no file `{included}`" + suggestion(included, root))
    if not title:
        raise PageError(fence.line, f'this program needs its name: ```python title="{file.name}"')
    if not file.as_posix().endswith("/" + title):
        raise PageError(fence.line, f"the title `{title}` is not the file's own name, `{file.name}`")
    try:
        source = file.read_text("utf-8")
    except UnicodeDecodeError:
        source = "\0"
    if "\0" in source:
        raise PageError(fence.line + 1, f"`{included}` is not text in UTF-8")
    for other, place in shown_files(root).get(title, {}).items():
        if other != file:
            where = f"{place[0].relative_to(root).as_posix()}:{place[1]}"
            raise PageError(fence.line, f"`{title}` is another file on {where}: one name, one file, on the whole site")
    return Program(title, file, source, fence.line)


def suggestion(included: str, root: Path) -> str:
    """The program that this path may stand for, as a question; empty if none is like it."""
    names = sorted(path.relative_to(root).as_posix() for path in (root / "snippets").rglob("*.py"))
    near = [name for name in names if name.rpartition("/")[2] == included.rpartition("/")[2]]
    near = near or difflib.get_close_matches(included, names, 1, 0.8)
    return f"; did you mean {near[0]}?" if near else ""


def transcript(fence: Fence, shown: Rendered, above: dict[str, Program]) -> Transcript:
    said = expectation(shown, fence.line)
    if not fence.body or not fence.body[0].startswith("$ "):
        raise PageError(fence.line, "a transcript starts with its command: $ python NAME.py")
    for offset, line in enumerate(fence.body[1:], 2):
        if line.startswith("$ "):
            raise PageError(fence.line + offset, "one command a transcript: give this one a fence of its own")
    command = parse(fence.body[0][2:].strip(), fence.line + 1, set(above))
    return Transcript(command, fence.body[1:], said, dict(shown.options), (), fence)


def check_whole_page(found: list[tuple[Fence, Example]], path: Path, root: Path) -> list[tuple[Fence, Example]]:
    """What only the page as a whole can tell: programs that nothing runs, workers defined inline."""
    programs = tuple(example for _, example in found if isinstance(example, Program))
    blocks = [example for _, example in found if isinstance(example, Inline)]
    imported = set().union(*(imports(inline.parse(block.source, block.fence.line, block.doctest)) for block in blocks))
    used = used_by(programs, imported, [example.command for _, example in found if isinstance(example, Transcript)])
    page_code = inline.PageCode(blocks)
    checked: list[tuple[Fence, Example]] = []
    for fence, example in found:
        try:
            if isinstance(example, Program) and example.title not in used:
                raise PageError(
                    fence.line,
                    f"nothing runs {example.title} on this page: add its transcript, then `pytest --update` fills it:\n"
                    f"```console\n$ python {example.title}\n```",
                )
            if isinstance(example, Transcript):
                example = replace(example, programs=programs)
                check_overlap(example, [other for _, other in checked if isinstance(other, Transcript)])
            if isinstance(example, Inline):
                page_code.check_workers(example)
        except PageError as error:
            example = Refused(error.line, fence.end, error.message)
        checked.append((fence, example))
    return checked


def check_overlap(example: Transcript, above: list[Transcript]) -> None:
    """PageError if a transcript above speaks for a leg of the same command: only one of them can be right."""
    for other in (other for other in above if other.command == example.command):
        methods = [method for method in example.expectation.start if method in other.expectation.start]
        both = example.expectation.python & other.expectation.python
        versions = (f"3.{minor}.{patch}" for minor in range(11, 20) for patch in range(30))
        version = next((version for version in versions if both.contains(version)), None)
        systems = set(example.expectation.system) & set(other.expectation.system)
        builds = set(example.expectation.gil) & set(other.expectation.gil)
        if methods and version and systems and builds:
            raise PageError(
                example.fence.line,
                f"this transcript and the one at line {other.fence.line} both speak for start method {methods[0]} "
                f"on Python {version}: split them with start=, python=, system= or gil=",
            )


def used_by(programs: tuple[Program, ...], imported: set[str], commands: Sequence[Command]) -> set[str]:
    """Titles of the programs that run: in a command, or imported by a block or by another program that runs."""
    by_module = {module_name(program.title): program for program in programs}
    used = {program.title for program in programs if any(runs(command, program) for command in commands)}
    todo = [imported, *(imports_of(program) for program in programs if program.title in used)]
    while todo:
        for name in todo.pop():
            program = by_module.get(name)
            if program and program.title not in used:
                used.add(program.title)
                todo.append(imports_of(program))
    return used


def module_name(title: str) -> str:
    return title.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def runs(command: Command, program: Program) -> bool:
    """Whether the command itself names the program: to run it, as an argument, or in what stands behind -c or -m."""
    code = [value for option, value in pairwise(command.arguments) if option in ("-c", "-m")]
    named = any(re.search(rf"\b{re.escape(module_name(program.title))}\b", value) for value in code)
    return named or command.program == program.title or program.title in command.arguments


def imports_of(program: Program) -> set[str]:
    try:
        tree = ast.parse(program.source)
    except SyntaxError:
        return set()  # a program may show a syntax error; running it tells
    return imports(tree, program.title.rpartition("/")[0].replace("/", "."))


def imports(tree: ast.Module, package: str = "") -> set[str]:
    """Modules that the code of a package's module names in import statements, with those they are part of."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {module} | {f"{module}.{alias.name}" for alias in node.names}
    return {name[:end] for name in names for end in [*(dot.start() for dot in re.finditer(r"\.", name)), len(name)]}


def outside(text: str, fences: list[Fence]) -> list[tuple[int, int, Refused]]:
    """Includes and skip comments outside the fences: what they bring in, or leave out, nothing would see."""
    inside = {number for fence in fences for number in range(fence.line, fence.end + 1)}
    refused = []
    for number, line in enumerate(text.split("\n"), 1):
        if number in inside:
            continue
        if MARKER.match(line):
            message = "an include outside a fence: its examples would be hidden from the tests. Include whole programs, in a fence"
        elif SKIP_COMMENT.search(line):
            message = (
                'skip comments are not honoured: say why on the fence itself, {skip="the reason"}; the reader sees it'
            )
        else:
            continue
        refused.append((number, number, Refused(number, number, message)))
    return refused


def notebook(text: str, mkdocs_yml: Path) -> list[tuple[int, int, Example]]:
    """A py:percent notebook is executed by the build; only blocks in its prose would be outputs that nothing compares."""
    lines = text.split("\n")
    refused: list[tuple[int, int, Example]] = []
    for number, line in enumerate(lines, 1):
        if re.match(r"([#>*+ \t-]|\d+[.)])*(`{3,}|~{3,})", line):
            message = "a fence in a notebook's prose: nothing runs it. Make it a cell"
            refused.append((number, number, Refused(number, number, message)))
    if not refused:
        _, loose = render("\n".join(prose(lines)), [], mkdocs_yml)
        refused += [
            entry(
                PageError(error.line, f"{error.message.splitlines()[0]}\nNothing runs it. Make it a cell"), error.line
            )
            for error in loose
        ]
    return refused or [(1, len(lines), NotRun(Fence(1, len(lines), "", "", "notebook", ())))]


def prose(lines: Sequence[str]) -> list[str]:
    """The lines of a py:percent notebook with nothing left but the text of its Markdown cells, each at its number."""
    kept, inside = [], False
    for line in lines:
        if line.startswith("# %%"):
            kept.append("")
            inside = "[markdown]" in line or "[md]" in line
        else:
            kept.append(re.sub("^# ?", "", line) if inside and line.startswith("#") else "")
    return kept


@functools.cache
def shown_files(root: Path) -> dict[str, dict[Path, tuple[Path, int]]]:
    """For each title on any page, the files it stands for and where. The snippets folder is one namespace."""
    shown: dict[str, dict[Path, tuple[Path, int]]] = {}
    for path in pages(root):
        try:
            fences = scan(path.read_text("utf-8-sig"))
        except (UnicodeDecodeError, PageError):
            continue  # reported where that page is read
        for fence in fences:
            title = re.search(r'title=(["\'])(.+?)\1', fence.info)
            match = INCLUDE.fullmatch(fence.body[0]) if len(fence.body) == 1 else None
            if title and match:
                shown.setdefault(title[2], {}).setdefault((root / match[1]).resolve(), (path, fence.line))
    return shown


def pages(root: Path) -> list[Path]:
    """All Markdown that readers and contributors see."""
    found = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(root).parts))
