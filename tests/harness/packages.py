"""Installs the packages that a program names in its PEP 723 header, for the interpreter of a leg."""

import functools
import hashlib
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from filelock import FileLock

from .legs import Interpreter

# Versions and hashes of everything that a program may ask for, and of what that needs.
PINS = tuple(Path(__file__).parent / f"requirements-{group}.txt" for group in ("programs", "scale"))


class PackageError(Exception):
    """Packages that could not be installed, with what the installer said."""


@functools.cache
def folder(python: Interpreter, requirements: tuple[str, ...]) -> str:
    """A folder for PYTHONPATH that holds these packages; below the temporary folder, which a wrapper script sees.

    It is made once for each interpreter, and shared by all that run at the same time.
    """
    parts = [
        *requirements,
        *(pins.read_text("utf-8") for pins in PINS),
        str(python.place),
        sysconfig.get_platform(),
    ]
    name = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    target = Path(tempfile.gettempdir(), "multiprocessing-by-example", name)
    target.parent.mkdir(exist_ok=True)
    with FileLock(f"{target}.lock"):
        if not target.exists():
            install(python, requirements, target)
    return str(target)


def install(python: Interpreter, requirements: tuple[str, ...], target: Path) -> None:
    """Fills a folder beside the target, and then gives it its name: no half of it is ever used."""
    with tempfile.TemporaryDirectory(dir=target.parent) as aside:
        # --constraints has hashes, so what is installed is checked; only wheels, so that nothing is built here.
        command = [
            "uv",
            "pip",
            "install",
            "--quiet",
            "--python",
            sys.executable,
            "--python-version",
            python.requirement,
            "--target",
            f"{aside}/packages",
            *(f"--constraints={pins}" for pins in PINS),
            "--only-binary",
            ":all:",
            *requirements,
        ]
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PATH": path})
        if done.returncode:
            raise PackageError(f"{python.place.name} cannot have {', '.join(requirements)}:\n{done.stderr.strip()}")
        os.replace(f"{aside}/packages", target)
