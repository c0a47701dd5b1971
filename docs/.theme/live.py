"""Run and Edit buttons: publishes Python for browsers and an editor, and says which programs can run in a page.

Pyodide (CPython compiled to WebAssembly) and CodeMirror come from npm. Where it cannot be had the site is built without the buttons.
"""

import html
import json
import logging
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import reasons
from report import Place

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs/hooks"))
from byexample.run_buttons import codemirror, packages, pyodide  # noqa: E402

log = logging.getLogger("mkdocs.hooks.live")

LEG = Place("CPython", "3.14.2", "Linux"), "spawn"  # what a Run in the page is like: its transcript is the one for this
TAKE_VALUES = {"-W", "-X", "--check-hash-based-pycs"}  # options of Python
on = False  # whether this build has the buttons


def available() -> bool:
    """Whether all that the buttons take is in the cache, or could be fetched."""
    try:
        packages.install(ROOT)
    except packages.UnavailableError as error:
        log.info("no Run buttons and no Edit: Pyodide and CodeMirror could not be had from npm (%s)", error)
        return False
    except packages.LockError as error:
        log.warning("no Run buttons and no Edit: what npm has is not what was tested: %s", error)
        return False
    return True


def publish(site: Path) -> None:
    pyodide.publish(ROOT, site)
    codemirror.publish(ROOT, site)


# -- buttons -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A transcript, as far as a Run in the page has to know of it."""

    anchor: str  # of the example on its page
    command: str
    speaks: bool  # for what a Run is: LEG
    legs: str  # that it speaks for, in words


@dataclass(frozen=True)
class Run:
    """What the Run button of a program does: it runs a transcript's command, or says why it cannot."""

    shown: Shown | None
    cannot: str = ""


def runs_of(programs: Mapping[str, str], transcripts: Sequence[Shown]) -> dict[str, Run]:
    """The buttons of a page, by the titles of its programs (title → source); a program that no command has gets none."""
    found = {title: run_of(title, programs, transcripts) for title in programs}
    return {title: run for title, run in found.items() if run}


def run_of(title: str, programs: Mapping[str, str], transcripts: Sequence[Shown]) -> Run | None:
    mine = [one for one in transcripts if runs(arguments(one.command), title)]
    if not mine:
        others = [arguments(one.command) for one in transcripts if title in arguments(one.command)]
        by = next((name for name in programs for words in others if runs(words, name)), None)
        return Run(None, f"On this page another program runs it: {by}.") if by else None
    if said := reasons.cannot(title, programs):
        return Run(None, said)
    for one in mine:
        if one.speaks:
            return Run(one)
    python, start = LEG
    return Run(
        None,
        f"Its output here is for {mine[0].legs}, and a page runs Python {python.python} with start method {start}.",
    )


def attributes(title: str, buttons: Mapping[str, Run], programs: Mapping[str, str]) -> str:
    """What the program's bar says to programs.js: how to run it, and which output it must show; or why it cannot run in a
    page; or that one that runs imports it."""
    run = buttons.get(title)
    if run is None:
        return " data-imported" if imported(title, buttons, programs) else ""
    if run.shown is None:
        return f' data-cannot="{html.escape(run.cannot)}"'
    words = arguments(run.shown.command)
    command = {"arguments": words[:-2], "stdin": title} if "<" in words else {"arguments": words}
    said = html.escape(json.dumps(command, separators=(",", ":")))
    return f" data-run='{said}' data-shows=\"{run.shown.anchor}\""


def imported(title: str, buttons: Mapping[str, Run], programs: Mapping[str, str]) -> bool:
    running = [name for name, run in buttons.items() if run.shown]
    return any(programs[title] in reasons.with_imported(name, programs) for name in running)


def excuse(anchor: str, command: str | None, buttons: Mapping[str, Run]) -> str:
    """Why no Run button is to show this example's output; empty if one is. An inline block has no command."""
    if not on:
        return "This build has no Run buttons."
    if any(run.shown and run.shown.anchor == anchor for run in buttons.values()):
        return ""
    mine = [run for title, run in buttons.items() if command and runs(arguments(command), title)]
    if not mine:
        return "It has no Run button."
    return mine[0].cannot or "The program's Run button is for another of its outputs."


def arguments(command: str) -> list[str]:
    """What follows `python` in a transcript's command; `<` and a program's name come last."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    return list(lexer)[1:]


def runs(words: Sequence[str], title: str) -> bool:
    """Whether these arguments of Python run the program itself; as tests/harness/commands.py reads them."""
    words = list(words)
    if "<" in words:
        return words[-1] == title
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option == "-c":
            return False
        if option == "-m":
            module = words[0].replace(".", "/")
            return title in (f"{module}.py", f"{module}/__main__.py")
        if option in TAKE_VALUES:
            words.pop(0)
    return words[:1] == [title]
