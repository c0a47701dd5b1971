"""Programs, their transcripts and what is said of them, as HTML."""

import html
from collections.abc import Sequence
from urllib.parse import quote

from ..evidence import claims
from ..pages.attributes import VERDICTS
from ..pages.examples import Example, Inline, Program, Transcript
from ..run_buttons import buttons
from ..urls import relative
from . import timeline
from .view import PageView

PROGRAMS = "programs/"  # where all programs are published


def figures(view: PageView, examples: Sequence[Example]) -> str:
    """Examples that follow each other directly: a program and the transcripts below it are one figure."""
    grouped: list[list[Example]] = []
    for example in examples:
        if not isinstance(example, Transcript) or not grouped:
            grouped.append([])
        grouped[-1].append(example)
    return "\n".join(figure(view, group) for group in grouped)


def figure(view: PageView, examples: Sequence[Example]) -> str:
    verdict = next((example.verdict for example in examples if isinstance(example, Program)), "")
    inside = "".join(show(view, example) for example in examples)
    shown = f'<figure class="example {verdict}">{inside}</figure>'
    drawn = [each for each in examples if isinstance(each, Transcript) and each.attributes.timeline]
    return picture(view, drawn[0], shown) if drawn else shown


def show(view: PageView, example: Example) -> str:
    if isinstance(example, Transcript):
        return terminal(view, example)
    if isinstance(example, Inline):
        return f'<div id="{view.anchors[example]}">{view.code[example]}</div>{notes(evidence(view, example))}'
    assert isinstance(example, Program)  # what is not run is no part of a figure
    name = html.escape(example.title)
    if view.downloads:
        link = html.escape(quote(relative(PROGRAMS + example.path, view.url)))
        file = f'<a class="file" href="{link}" title="Download" download>{name}</a>'
    else:
        file = f'<span class="file">{name}</span>'
    verdict = (
        f'<strong class="verdict" data-search-exclude>{VERDICTS[example.verdict]}</strong>' if example.verdict else ""
    )
    run = buttons.attributes(view.page, view.buttons, example.title) if view.buttons is not None else ""
    return f'<figcaption class="bar"{run}>{file}{verdict}</figcaption>{view.code[example]}'


def output_and_notes(view: PageView, example: Transcript) -> tuple[Sequence[str], list[tuple[str, str]]]:
    """The lines of the output, then what the attributes say and where it ran: (class, HTML)."""
    attributes = example.attributes
    leg = claims.leg_to_show(view.proofs.proofs[view.anchors[example]]) if attributes.measured else None
    output: Sequence[str] = example.output
    if leg and leg.output is not None:
        output = leg.output.split("\n") if leg.output else ()
    elides = any("..." in line for line in output)
    below = [("says", html.escape(" ".join(attributes.sentences(elides))))]
    if attributes.measured:
        below.append(("measured", html.escape(claims.measured(leg))))
    if attributes.skip is None:
        below += evidence(view, example)
    return output, below


def evidence(view: PageView, example: Transcript | Inline) -> list[tuple[str, str]]:
    """Where it ran, and where it failed."""
    proof = view.proofs.proofs[view.anchors[example]]
    return [("ran", claims.ran(view.proofs, proof, view.running)), ("failed", claims.failed(proof))]


def terminal(view: PageView, example: Transcript) -> str:
    """The command, its output, what the attributes say, and where it ran."""
    output, below = output_and_notes(view, example)
    prompt = f'<span class="prompt">$ </span><kbd>{html.escape(example.command.text)}</kbd>'
    text = html.escape("\n".join(output))
    result = f"\n<samp>{text}</samp>" if output else ""
    code = f"<pre><code>{prompt}{result}\n</code></pre>"
    return f'<div class="terminal" id="{view.anchors[example]}">{code}</div>{notes(below)}'


def notes(below: Sequence[tuple[str, str]]) -> str:
    """Quiet lines below an output: (class, HTML)."""
    lines = [f'<p class="{kind}">{text}</p>' for kind, text in below if text and "<pre>" not in text]
    blocks = [f'<div class="{kind}">{text}</div>' for kind, text in below if "<pre>" in text]
    return f'<div class="notes" data-search-exclude>{"".join([*lines, *blocks])}</div>'


def picture(view: PageView, example: Transcript, program: str) -> str:
    """A recorded run as lanes; its program and rows stay below, closed."""
    leg = claims.leg_to_show(view.proofs.proofs[view.anchors[example]])
    spans = timeline.parse(leg.output) if leg and leg.output else []
    not_drawn = "<p>This picture is drawn from a recorded run, and none was recorded here yet.</p>"
    drawn = timeline.draw(spans) if spans else not_drawn
    caption = f"<figcaption>{html.escape(claims.measured(leg))}</figcaption>" if spans else ""
    details = f"<details><summary>Program and figures</summary>{program}</details>"
    return f'<figure class="picture">{drawn}{caption}</figure>{details}'
