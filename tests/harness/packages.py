"""Installs the packages that a program names in its PEP 723 header, for the interpreter of a leg."""

import contextlib
import functools
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from .legs import Interpreter

# Versions and hashes of everything that a program may ask for, and of what that needs.
PINS = tuple(Path(__file__).parent / f"requirements-{group}.txt" for group in ("programs", "scale"))
LIST = "installed.txt"  # what a folder of packages must hold


class PackageError(Exception):
    """Packages that could not be installed, with what the installer said; or that must not be, and what to do."""


@functools.cache
def folder(python: Interpreter, requirements: tuple[str, ...]) -> str:
    """A folder for PYTHONPATH that holds these packages; below the temporary folder, which a wrapper script sees.

    It is made once for each interpreter, and shared by all that run at the same time.
    """
    asked = pinned(requirements)
    parts = [
        *asked,
        *(pins.read_text("utf-8") for pins in PINS),
        str(python.place),
        sysconfig.get_platform(),
    ]
    name = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    target = own_folder() / name
    with FileLock(f"{target}.lock"):
        if not is_whole(target):
            shutil.rmtree(target, ignore_errors=True)
            install(python, asked, target)
    return str(target)


def own_folder() -> Path:
    """The folder of all packages, which other users of the machine cannot write to; PackageError if they can.

    On Windows the temporary folder is this user's own.
    """
    name = f"multiprocessing-by-example-{os.getuid()}" if hasattr(os, "getuid") else "multiprocessing-by-example"
    own = Path(tempfile.gettempdir(), name)
    with contextlib.suppress(FileExistsError):
        own.mkdir(mode=0o700)
    if hasattr(os, "getuid"):
        facts = own.lstat()
        mine = stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.getuid()
        if not mine or facts.st_mode & 0o077:
            what = "others can open it" if mine else "it is not yours"
            raise PackageError(f"packages of programs belong in {own}, and {what}: delete it, or set another TMPDIR")
    return own


def pinned(requirements: Sequence[str]) -> tuple[str, ...]:
    """The versions that the lists have of these packages; PackageError for one that no list has."""
    known: dict[str, list[Requirement]] = {}
    for pin in dict.fromkeys(pin for pins in PINS for pin in pins_of(pins)):
        known.setdefault(canonicalize_name(Requirement(pin).name), []).append(Requirement(pin))
    found: list[str] = []
    for text in requirements:
        try:
            asked = Requirement(text)
        except InvalidRequirement as error:
            raise PackageError(f"its header names `{text}`, which is no package: {error}") from None
        if asked.url or asked.extras or asked.marker:
            raise PackageError(f"its header names `{text}`: only a package's name, and a version if need be")
        pins = known.get(canonicalize_name(asked.name), [])
        if not pins:
            lists = " or ".join(pins.name for pins in PINS)
            raise PackageError(
                f"its header names `{text}`, and no list has its version and hashes: do without it, or add it to "
                f"pyproject.toml and make {lists} in tests/harness again, as the first lines there say"
            )
        if other := [str(pin) for pin in pins if not asked.specifier.contains(str(pin.specifier).removeprefix("=="))]:
            raise PackageError(f"its header asks for `{text}`, and the lists have {', '.join(other)}: ask for that")
        found += map(str, pins)
    return tuple(found)


def pins_of(pins: Path) -> list[str]:
    """The packages of a list with their versions, without their hashes."""
    lines = pins.read_text("utf-8").splitlines()
    return [line.removesuffix("\\").strip() for line in lines if line[:1].isalnum()]


def install(python: Interpreter, requirements: Sequence[str], target: Path) -> None:
    """Fills a folder beside the target, and then gives it its name: no half of it is ever used."""
    with tempfile.TemporaryDirectory(dir=target.parent) as aside:
        packages = Path(aside, "packages")
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        command = [*uv(python, packages), *requirements]
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PATH": path})
        if done.returncode:
            raise PackageError(f"{python.place.name} cannot have {', '.join(requirements)}:\n{done.stderr.strip()}")
        (packages / LIST).write_text(contents(packages), "utf-8")
        os.replace(packages, target)


def uv(python: Interpreter, target: Path) -> list[str]:
    """The command that installs for this interpreter, less the names of packages.

    All that is installed has its hash in the lists, and is a wheel, so that nothing is built here. For another than
    plain CPython uv has to ask the interpreter itself: a version says nothing of the wheels that it takes. Else it
    doesn't ask, since a wrapper script need not see what uv would run.
    """
    asked = (
        ["--python", sys.executable, "--python-version", python.place.python]
        if python.place.implementation == "CPython"
        else ["--python", python.path]
    )
    lists = [f"--constraints={pins}" for pins in PINS]
    wanted = ["--require-hashes", *lists, "--only-binary", ":all:"]
    return ["uv", "pip", "install", "--quiet", *asked, "--target", str(target), *wanted]


def contents(packages: Path) -> str:
    """Each file with its size, a line for each; without what Python adds when it imports them."""
    files = [path for path in packages.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    named = sorted((path.relative_to(packages).as_posix(), path.stat().st_size) for path in files)
    return "".join(f"{size} {name}\n" for name, size in named if name != LIST)


def is_whole(packages: Path) -> bool:
    """Whether all is there that was installed: systems delete old temporary files one by one."""
    try:
        return (packages / LIST).read_text("utf-8") == contents(packages)
    except FileNotFoundError:
        return False
