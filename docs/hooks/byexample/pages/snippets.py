"""The programs in snippets/: each is shown by a page or imported by a notebook, and each name stands for one file."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import entries
from .classify import INCLUDE, RANGE, meant, too_long
from .examples import Page
from .fences import PageError, scan
from .files import NOTEBOOKS, pages, strays
from .sources import imported_modules


@dataclass(frozen=True)
class Problem:
    """A fault that belongs to no fence of any page."""

    file: Path
    message: str  # names the file, and what to do

    def concerns(self, page: Page, root: Path) -> bool:
        """Whether somebody who works on this page should hear of it: the file is in the folder that mirrors the page's.

        So is a program of the page itself.
        """
        mirrored = root / "snippets" / page.path.relative_to(root / "docs").parent if page.name[:5] == "docs/" else None
        return self.file.parent == mirrored or self.file.resolve() in {program.file for program in page.programs}


def problems(root: Path) -> list[Problem]:
    """What is wrong with the programs of a repository."""
    programs, faults = [], []
    left_out = {path for path, _ in entries.faults(root)}
    for path in sorted(path for path in (root / "snippets").rglob("*") if path.is_file() and path not in left_out):
        if "__pycache__" in path.parts or path.name.startswith("."):
            continue
        if path.suffix == ".py":
            programs.append(path)
        else:
            message = "only programs, NAME.py, are shown: move this file out of snippets/ or delete it"
            faults.append(problem(root, path, message))
    shown = shown_files(root)
    imported: dict[Path, str] = {}
    for notebook in sorted(path for path in (root / NOTEBOOKS).glob("*.py") if path.is_file()):
        faults += notebook_problems(root, notebook, programs, imported)
    for path in programs:
        if path.resolve() not in shown and path not in imported:
            message = (
                "no page shows it and no notebook imports it: show it on a page, with its transcript, or delete it"
            )
            faults.append(problem(root, path, message))
        elif path.resolve() not in shown and (long := too_long(path.read_text("utf-8", "replace"), path.name)):
            faults.append(Problem(path, f"{path.relative_to(root).as_posix()}:{long}"))
    # What is wrong with these is told where they are read.
    told = {path for path in (*pages(root), *strays(root), *shown) if path.name.isprintable()}
    others = [each for each in unfit(root) if not {each.file, Path(os.path.realpath(each.file))} & told]
    return [*others, *faults, *shared_names(root, shown)]


def unfit(root: Path) -> list[Problem]:
    """What stops a build before it reads anything: entries of docs/ and snippets/ that are no plain files."""
    return [problem(root, path, message) for path, message in entries.faults(root)]


def problem(root: Path, path: Path, message: str) -> Problem:
    return Problem(path, f"{entries.shown(path, root)}: {message}")


def shown_files(root: Path) -> dict[Path, tuple[Path, int]]:
    """The programs that pages include, each with the first page and line that does."""
    shown: dict[Path, tuple[Path, int]] = {}
    for path in pages(root):
        if path.suffix == ".md":
            for included, line in includes(path.read_text("utf-8-sig", "replace")):
                name = RANGE.sub("", included)  # what is wrong with an include is told where its page is read
                name = name if os.path.isfile(root / name) else meant(name, root) or name
                shown.setdefault(Path(os.path.realpath(root / name)), (path, line))
    return shown


def includes(text: str) -> list[tuple[str, int]]:
    """The paths that a page's fences include, each with the line of its fence."""
    try:
        fences = scan(text)
    except PageError:  # reported where that page is read; what it shows is not to be reported as well
        return [(match[1], 1) for match in INCLUDE.finditer(text)]
    bodies = [(INCLUDE.fullmatch(fence.body[0]), fence.line) for fence in fences if len(fence.body) == 1]
    return [(match[1], line) for match, line in bodies if match]


def notebook_problems(root: Path, notebook: Path, programs: list[Path], imported: dict[Path, str]) -> Iterator[Problem]:
    """What is wrong with a notebook's imports; the files that it imports are added to `imported`."""
    where = notebook.relative_to(root).as_posix()
    try:
        text = notebook.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return  # its page is refused
    if "\0" in text:
        return  # so it is
    try:
        modules = imported_modules(ast.walk(ast.parse(text)))
    except SyntaxError as error:
        yield Problem(notebook, f"{where}:{error.lineno}: {error.msg}: what it imports cannot be told")
        return
    except (RecursionError, MemoryError):
        yield Problem(notebook, f"{where}: nested too deeply: what it imports cannot be told")
        return
    for module in sorted(modules):
        files = [path for path in programs if is_module(path, module)]
        imported |= dict.fromkeys(files, where)
        if len(files) > 1:
            names = " or ".join(path.relative_to(root).as_posix() for path in files)
            yield Problem(notebook, f"{where}: `{module}` may be {names}: rename all but one")


def is_module(path: Path, module: str) -> bool:
    """Whether an import of this module may find this file; any folder below snippets/ may be on the path."""
    file = "/" + module.replace(".", "/")
    return path.as_posix().endswith((f"{file}.py", f"{file}/__init__.py"))


def shared_names(root: Path, shown: dict[Path, tuple[Path, int]]) -> Iterator[Problem]:
    """The programs on pages that have another's name; some systems ignore upper and lower case."""
    by_name: dict[str, list[Path]] = {}
    for file in shown:
        own = f"{file.parent.name}/{file.name}" if file.name.startswith("__") else file.name
        by_name.setdefault(own.casefold(), []).append(file)
    for files in by_name.values():
        if len(files) > 1:
            names = " and ".join(
                f"{file.relative_to(root.resolve()).as_posix()} ({shown[file][0].relative_to(root).as_posix()}"
                f":{shown[file][1]})"
                for file in files
            )
            yield Problem(files[0], f"one name for two files: {names}: rename all but one")
