"""Draws recorded spans as lanes: time runs to the right, one lane for each process, the parent on top."""

import html
import re
from dataclasses import dataclass

# Children in the order of the palette (Okabe-Ito); site.css has the colours. A label always says it too.
COLOURS = 7


@dataclass(frozen=True)
class Span:
    """One row of the program's output; times in seconds."""

    group: str
    lane: str
    label: str
    start: float
    end: float

    @property
    def runs(self) -> bool:
        """Whether it is work, as against starting or waiting for others."""
        return self.label not in ("starts", "waits")

    @property
    def colour(self) -> int:
        """The number in "task 2" or "child 2", so that a task keeps its colour wherever it runs."""
        number = re.search(r"\d+", self.label) or re.search(r"\d+", self.lane)
        return (int(number[0]) - 1) % COLOURS + 1 if number else 0


@dataclass(frozen=True)
class Scale:
    """From seconds to the drawing's units, which are pixels at full size."""

    left: float
    width: float
    total: float

    def __call__(self, seconds: float) -> float:
        return round(self.left + self.width * seconds / self.total, 1)


def parse(output: str) -> list[Span]:
    """The rows of an output: group, lane, label, start, end, two or more spaces apart. Other lines are headings."""
    spans = []
    for line in output.splitlines():
        cells = re.split(r"\s{2,}", line.strip())
        try:
            group, lane, label, start, end = cells
            spans.append(Span(group, lane, label, float(start), float(end)))
        except ValueError:
            continue
    return spans


def draw(spans: list[Span]) -> str:
    """Two drawings, one for wide screens and one for phones; CSS shows one of them."""
    return drawing(spans, "wide", 648, 70, 54, 22) + drawing(spans, "narrow", 328, 60, 44, 24)


def groups(spans: list[Span]) -> dict[str, dict[str, list[Span]]]:
    """Spans by group and lane, in the order of the output."""
    found: dict[str, dict[str, list[Span]]] = {}
    for span in spans:
        found.setdefault(span.group, {}).setdefault(span.lane, []).append(span)
    return found


def drawing(spans: list[Span], kind: str, width: int, left: int, right: int, bar: int) -> str:
    """One SVG. `left` is for the lanes' names, `right` for the totals, `bar` is the height of a bar."""
    scale = Scale(left, width - left - right, max(span.end for span in spans))
    pitch = bar + 7
    y = 0
    parts = []
    for group, lanes in groups(spans).items():
        end = max(span.end for lane in lanes.values() for span in lane)
        parts.append(text(0, y + 15, group, "group"))
        y += 25
        for index, (lane, run) in enumerate(lanes.items()):
            middle = y + bar / 2
            parts.append(text(left - 10, middle + 5, lane, "lane"))
            short = not all(fits(span.label, scale, span) for span in run if span.runs)
            parts += [shape(span, scale, y, bar, short) for span in run]
            if index == 0:
                parts.append(text(scale(max(span.end for span in run)) + 8, middle + 5, f"{end:.1f} s", "total"))
            y += pitch
        y += 12
    parts.append(axis(scale, y - 6))
    height = y + 20
    return (
        f'<svg class="timeline timeline--{kind}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{html.escape(story(spans))}">{"".join(parts)}</svg>'
    )


def shape(span: Span, scale: Scale, y: float, bar: float, short: bool) -> str:
    """A span: starting is a thin line behind a tick, waiting is hatched, running is a solid bar with its name.

    `short` leaves just the number of the name: one that does not fit shortens all of its lane.
    """
    x, end = scale(span.start), scale(span.end)
    wide = round(max(end - x, 1.5), 1)
    middle = y + bar / 2
    if span.label == "starts":
        return f'<path class="starts" d="M{x} {y + 2}v{bar - 4}M{x} {middle}H{end}"/>'
    if span.label == "waits":
        marks = "".join(f"M{x + step:.1f} {y + bar - 4}l6 {8 - bar}" for step in range(4, int(wide) - 8, 8))
        return f'<path class="waits" d="M{x} {y + 2}v{bar - 4}M{end} {y + 2}v{bar - 4}M{x} {middle}H{end}{marks}"/>'
    body = f'<rect class="p{span.colour}" x="{x}" y="{y}" width="{wide}" height="{bar}"/>'
    name = "".join(re.findall(r"\d+$", span.label)) if short else span.label
    return body + (text(x + wide / 2, middle + 5, name, "name") if fits(name, scale, span) else "")


def fits(name: str, scale: Scale, span: Span) -> bool:
    return len(name) * 7.5 + 4 <= scale(span.end) - scale(span.start)


def axis(scale: Scale, y: float) -> str:
    """Ticks at round times, at least 60 units apart."""
    step = next(step for step in steps() if scale(step) - scale.left >= 60)
    parts = [f'<path class="axis" d="M{scale.left} {y}H{scale(scale.total)}']
    labels = []
    for index in range(int(scale.total / step + 1e-9) + 1):
        at = index * step
        parts.append(f"M{scale(at)} {y - 4}v8")
        last = (index + 1) * step > scale.total
        labels.append(text(scale(at), y + 20, f"{at:g}" + (" s" if last else ""), "tick"))
    return "".join(parts) + '"/>' + "".join(labels)


def steps():
    """1, 2, 5 × powers of ten, from a millisecond up."""
    for power in range(-3, 5):
        for step in (1, 2, 5):
            yield step * 10.0**power


def text(x: float, y: float, content: str, kind: str) -> str:
    return f'<text class="{kind}" x="{round(x, 1):g}" y="{round(y, 1):g}">{html.escape(content)}</text>'


def story(spans: list[Span]) -> str:
    """What the picture shows, in sentences made from the figures."""
    sentences = []
    for group, lanes in groups(spans).items():
        total = max(span.end for lane in lanes.values() for span in lane)
        runs = [span for lane in lanes.values() for span in lane if span.runs]
        told = ", ".join(f"{span.label} from {span.start:.2f} to {span.end:.2f}" for span in runs)
        sentences.append(f"{group}, {total:.2f} seconds in all: {told}.")
    return "Timeline of a recorded run. " + " ".join(sentences)
