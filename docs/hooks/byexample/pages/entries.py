"""What lies below docs/ and snippets/, and cannot be published as it is: each with what to do."""

import os
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("docs", "snippets")
LARGEST = 1_000_000  # bytes of a page or a program: far more than anybody reads


def faults(root: Path) -> list[tuple[Path, str]]:
    """Each entry that is no plain file or folder of a name that an address can hold. Hidden ones are not published."""
    return [
        (path, message)
        for name in FOLDERS
        for path in sorted(entries(root / name))
        if (message := fault(path, root / name))
    ]


def entries(folder: Path) -> Iterator[Path]:
    """All files, folders and links, those in linked folders left out."""
    for path, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not is_hidden(name)]
        yield from (Path(path, name) for name in [*folders, *files] if not is_hidden(name))


def is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__"


def fault(path: Path, folder: Path) -> str | None:
    """What is wrong with an entry of this folder; None if nothing is."""
    if not path.name.isprintable():
        return "its name has characters that are not printable, or not UTF-8: rename it"
    if path.is_symlink() and not os.path.exists(path):
        return "a link that leads nowhere: repair or delete it"
    # Path.resolve() raises for a link to itself.
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return f"a link leads from here out of {folder.name}/: put the file itself here, or delete it"
    if path.is_symlink() and path.is_dir():
        return "a link to a folder, whose files would be there twice: delete it"
    text = path.suffix in (".md", ".py")
    if path.is_dir():
        return f"a folder whose name ends in {path.suffix}, as a file's does: rename it" if text else None
    if not path.is_file():
        return "neither a file nor a folder: delete it"
    return too_large(path) if text else None


def too_large(path: Path) -> str | None:
    """What is wrong with a text that nobody would read, and that takes forever to check and to show."""
    size = path.stat().st_size
    return f"{size:,} bytes, more than {LARGEST:,}: divide it, or delete it" if size > LARGEST else None


def shown(path: Path, root: Path) -> str:
    """Its name for a message, whatever characters that has."""
    name = path.relative_to(root).as_posix()
    return name if name.isprintable() else ascii(name)[1:-1]
