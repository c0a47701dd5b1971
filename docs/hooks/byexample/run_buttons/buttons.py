"""Run buttons: which command a program's button runs, which output it must show, or why it cannot run in a page."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass

from ..pages.commands import Command
from ..pages.examples import Page, Transcript
from ..pages.places import Place
from .limits import why_not_runnable, with_imported

# What a Run in the page is like: its transcript is the one for this.
PLACE = Place("CPython", "3.14.2", "Linux")
METHOD = "spawn"


@dataclass(frozen=True)
class Button:
    """It runs the command of a transcript of its page, or says why it cannot."""

    anchor: str = ""  # of the transcript
    command: Command | None = None
    why_not: str = ""


def buttons(page: Page) -> dict[str, Button]:
    """The buttons of a page, by the titles of its programs; a program that no command has gets none."""
    transcripts = {
        anchor: example
        for anchor, example in page.anchors.items()
        if isinstance(example, Transcript) and example.attributes.skip is None
    }
    found = {program.title: button(page, program.title, transcripts) for program in page.programs}
    return {title: made for title, made in found.items() if made}


def button(page: Page, title: str, transcripts: Mapping[str, Transcript]) -> Button | None:
    mine = {anchor: each for anchor, each in transcripts.items() if each.command.program == title}
    if not mine:
        others = [each.command.program for each in transcripts.values() if title in each.command.arguments]
        by = next((name for name in others if name), None)
        return Button(why_not=f"On this page another program runs it: {by}.") if by else None
    if reason := why_not_runnable(page, title):
        return Button(why_not=reason)
    for anchor, each in mine.items():
        if each.attributes.speaks_for(PLACE, METHOD):
            return Button(anchor, each.command)
    restriction = next(iter(mine.values())).attributes.restriction
    here = f"a page runs Python {PLACE.python} with start method {METHOD}"
    return Button(why_not=f"Its output here is for {restriction}, and {here}.")


def attributes(page: Page, buttons: Mapping[str, Button], title: str) -> str:
    """What a program's bar says to the page's scripts, as HTML: how to run it, and which output that must show.

    Or why it cannot run in a page; or that a program that runs imports it.
    """
    button = buttons.get(title)
    if button is None:
        running = [name for name, other in buttons.items() if other.command]
        imported = any(page.program(title) in with_imported(page, name) for name in running)
        return " data-imported" if imported else ""
    if button.command is None:
        return f' data-cannot="{html.escape(button.why_not)}"'
    command: dict[str, object] = {"arguments": button.command.arguments}
    if button.command.stdin:
        command["stdin"] = title
    words = html.escape(json.dumps(command, separators=(",", ":")))
    return f" data-run='{words}' data-shows=\"{button.anchor}\""


def why_no_button(page: Page, buttons: Mapping[str, Button] | None) -> dict[str, str]:
    """Why no Run button is to show an example's output, by anchor; empty if one is. None: the build has no buttons."""
    if buttons is None:
        return dict.fromkeys(page.anchors, "This build has no Run buttons.")
    shown = {button.anchor for button in buttons.values() if button.command}
    reasons = {}
    for anchor, example in page.anchors.items():
        program = example.command.program if isinstance(example, Transcript) else None
        mine = buttons.get(program) if program else None
        if anchor in shown:
            reasons[anchor] = ""
        elif mine is None:
            reasons[anchor] = "It has no Run button."
        else:
            reasons[anchor] = mine.why_not or "The program's Run button is for another of its outputs."
    return reasons
