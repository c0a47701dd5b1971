"""Run and Edit buttons: publishes Python for browsers and an editor, and says which programs can run in a page.

Pyodide (CPython compiled to WebAssembly) and CodeMirror come from npm. Where it cannot be had the site is built without the buttons.
"""

import hashlib
import html
import json
import logging
import shlex
import shutil
import subprocess
from pathlib import Path

import editor
import npm
import reasons
from report import Place

log = logging.getLogger("mkdocs.hooks.live")

VERSION = "314.0.7"
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
PYODIDE = npm.Package(
    "pyodide", VERSION, "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==", (*FILES, "pyodide-lock.json")
)  # fmt: skip

LEG = Place("CPython", "3.14.2", "Linux"), "spawn"  # what a Run in the page is like: its transcript is the one for this
on = False  # whether this build has the buttons

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "docs/assets/live"
LICENCE = Path(__file__).parent / "pyodide-licence.txt"
PLACE = f"assets/pyodide-{VERSION}"


def available() -> bool:
    """Whether all that the buttons take is in the cache, or could be fetched."""
    try:
        npm.have([PYODIDE, *editor.PACKAGES.values()])
    except (OSError, subprocess.SubprocessError) as error:
        log.info("no Run buttons and no Edit: Pyodide and CodeMirror could not be had from npm (%s)", error)
        return False
    except ValueError as error:
        log.warning("no Run buttons and no Edit: what npm has is not what was tested: %s", error)
        return False
    return True


def publish(site: Path) -> None:
    """Copies Python for browsers and the editor into the site, and writes what the runtime needs to know of it."""
    target = site / PLACE
    target.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(PYODIDE.file(name), target / name)
    shutil.copyfile(LICENCE, target / "LICENCE.txt")
    (site / "assets/live/python.json").write_text(json.dumps(facts()), "utf-8")
    editor.publish(site)


def facts() -> dict:
    sources = RUNTIME / ".python"
    python = {file.relative_to(sources).as_posix(): file.read_text("utf-8") for file in sorted(sources.rglob("*.py"))}
    lock = json.loads(PYODIDE.file("pyodide-lock.json").read_text("utf-8"))
    key = hashlib.sha256(json.dumps([VERSION, python, (RUNTIME / "worker.js").read_text("utf-8")]).encode()).hexdigest()[:16]
    return {
        "pyodide": f"../../{PLACE}/",
        "version": lock["info"]["python"],
        "key": key,  # of an image of the interpreter's memory: another layer needs another image
        "sizes": {name: PYODIDE.file(name).stat().st_size for name in FILES},
        "lock": json.dumps({"info": lock["info"], "packages": {}}),
        "python": python,
    }


# -- buttons -----------------------------------------------------------------------------------------------------


def attributes(title: str, commands: list[str], programs: dict[str, str]) -> str:
    """What the program's bar says to site.js: how to run it, or why it cannot run in a page, or that one that runs imports it."""
    for words in map(arguments, commands):
        if runs(words, title):
            said = reasons.cannot(title, programs)
            if said:
                return f' data-cannot="{html.escape(said)}"'
            command = {"arguments": words[:-2], "stdin": title} if "<" in words else {"arguments": words}
            return f" data-run='{html.escape(json.dumps(command, separators=(',', ':')))}'"
    return " data-imported" if imported(title, commands, programs) else ""


def imported(title: str, commands: list[str], programs: dict[str, str]) -> bool:
    """Whether another of the page's programs imports it, and can run in the page."""
    running = {name for name in programs for words in map(arguments, commands) if runs(words, name) and not reasons.cannot(name, programs)}
    return any(programs[title] in reasons.with_imported(name, programs) for name in running - {title})


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
