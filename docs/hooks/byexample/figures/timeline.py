"""Draws recorded spans as lanes: time runs to the right, one lane for each process, the parent on top.

A program records its spans itself and prints them as rows. So a drawing needs no tracer, is recorded on every Python
that runs the examples, and stands above the very rows that it was made from.
"""

import html
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

# Children in the order of the palette (Okabe-Ito); site.css has the colours. A label always says it too.
COLOURS = 7
LONGEST = 100_000  # seconds that an axis can show
NAME = 20  # characters of a lane's name that leave room for bars on a phone


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
        """Whether it is work, as against starting, ending or waiting for others."""
        return not self.waits and self.label not in ("starts", "ends")

    @property
    def waits(self) -> bool:
        """Whether the label is "waits", or says for what: "waits in join()"."""
        return self.label.split()[0] == "waits"

    @property
    def colour(self) -> int:
        """The number in "task 2" or "child 2": a task keeps its colour wherever it runs. The parent has none."""
        number = re.search(r"\d+", self.label) or re.search(r"\d+", self.lane)
        return (int(number[0]) - 1) % COLOURS + 1 if number else int(self.lane != "parent")

    @property
    def number(self) -> str:
        """The number at the end of the label."""
        return self.label[len(self.label.rstrip("0123456789")) :]


@dataclass(frozen=True)
class Scale:
    """From seconds to the drawing's units, which are pixels at full size."""

    left: float
    width: float
    total: float

    def __call__(self, seconds: float) -> float:
        return round(self.left + self.width * seconds / self.total, 1)


def parse(output: str) -> list[Span]:
    """The rows of an output: group, lane, label, start, end, two or more spaces apart.

    Other lines are headings; so is one whose times cannot be drawn.
    """
    spans = []
    for line in output.splitlines():
        cells = re.split(r"\s{2,}", line.strip())
        try:
            group, lane, label, *times = cells
            start, end = map(float, times)
        except ValueError:
            continue
        if 0 <= start <= end and 0 < end < LONGEST:
            spans.append(Span(group, textwrap.shorten(lane, NAME, placeholder="…"), label, start, end))
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
    total = max(span.end for span in spans)
    left = max(left, 12 + round(7.5 * max(len(span.lane) for span in spans)))
    right = max(right, 12 + 9 * len(duration(total, total)))
    scale = Scale(left, width - left - right, total)
    pitch = bar + 7
    y = 0
    parts = []
    for group, lanes in groups(spans).items():
        end = max(span.end for lane in lanes.values() for span in lane)
        parts.append(text(0, y + 15, group, "group"))
        y += 25
        short = not all(fits(span.label, scale, span) for run in lanes.values() for span in run if span.number)
        last = next(lane for lane, run in lanes.items() if max(span.end for span in run) == end)
        for lane, run in lanes.items():
            middle = y + bar / 2
            parts.append(text(left - 10, middle + 5, lane, "lane"))
            parts += [shape(span, scale, y, bar, short) for span in run]
            if lane == last:
                parts.append(text(scale(end) + 8, middle + 5, duration(end, total), "total"))
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

    `short` leaves just the number of the name: one that does not fit shortens all of its group.
    """
    x, end = scale(span.start), scale(span.end)
    wide = round(max(end - x, 1.5), 1)
    middle = y + bar / 2
    if span.label in ("starts", "ends"):
        tick = x if span.label == "starts" else end
        return f'<path class="starts" d="M{tick} {y + 2}v{bar - 4}M{x} {middle}H{end}"/>'
    name = span.number if short and span.number else span.label
    has_label = fits(name, scale, span) and name != "waits"
    kind = "name" if span.runs and span.colour else "name plain"
    label = text(x + wide / 2, middle + 5, name, kind) if has_label else ""
    if span.waits:
        gap = (len(name) * 6.8 + 6 if has_label else 0) / 2  # around the label
        left, right = round(x + wide / 2 - gap, 1), round(x + wide / 2 + gap, 1)
        marks = [x + step for step in range(4, int(wide) - 8, 8) if not has_label or not left - 8 < x + step < right]
        hatch = "".join(f"M{mark:.1f} {y + bar - 4}l6 {8 - bar}" for mark in marks)
        ticks = f"M{x} {y + 2}v{bar - 4}M{end} {y + 2}v{bar - 4}"
        return f'<path class="waits" d="{ticks}M{x} {middle}H{left}M{right} {middle}H{end}{hatch}"/>{label}'
    return f'<rect class="p{span.colour}" x="{x}" y="{y}" width="{wide}" height="{bar}"/>{label}'


def fits(name: str, scale: Scale, span: Span) -> bool:
    return len(name) * 7.5 + 4 <= scale(span.end) - scale(span.start)


def axis(scale: Scale, y: float) -> str:
    """Ticks at round times, at least 60 units apart."""
    unit, size = unit_of(scale.total)
    step = next(step for step in steps() if scale(step) - scale.left >= 60)
    parts = [f'<path class="axis" d="M{scale.left} {y}H{scale(scale.total)}']
    labels = []
    for index in range(int(scale.total / step + 1e-9) + 1):
        at = index * step
        parts.append(f"M{scale(at)} {y - 4}v8")
        last = (index + 1) * step > scale.total
        labels.append(text(scale(at), y + 20, f"{at / size:g}" + (f" {unit}" if last else ""), "tick"))
    return "".join(parts) + '"/>' + "".join(labels)


def unit_of(total: float) -> tuple[str, float]:
    """The unit for a drawing that is so long, and its size, in seconds."""
    return ("s", 1) if total >= 1 else ("ms", 0.001)


def duration(seconds: float, total: float) -> str:
    unit, size = unit_of(total)
    return f"{seconds / size:.{1 if unit == 's' else 0}f} {unit}"


def steps() -> Iterator[float]:
    """1, 2, 5 × powers of ten, from a millisecond up."""
    for power in range(-3, 5):
        for step in (1, 2, 5):
            yield step * 10.0**power


def text(x: float, y: float, content: str, kind: str) -> str:
    return f'<text class="{kind}" x="{round(x, 1):g}" y="{round(y, 1):g}">{html.escape(content)}</text>'


MANY = 8  # spans of a lane: if there are more, their number and sum are given


def story(spans: list[Span]) -> str:
    """What the picture shows, in sentences made from the figures."""
    total = max(span.end for span in spans)
    sentences = []
    for group, lanes in groups(spans).items():
        end = max(span.end for lane in lanes.values() for span in lane)
        details = "; ".join(f"{lane}: {describe_lane(run, total)}" for lane, run in lanes.items())
        sentences.append(f"{group}, {duration(end, total)} in all. {details[0].upper()}{details[1:]}.")
    return "Timeline of a recorded run. " + " ".join(sentences)


def describe_lane(run: list[Span], total: float) -> str:
    """A lane's spans, one by one, or in sums when they are many."""
    unit, size = unit_of(total)
    if len(run) <= MANY:
        digits = 2 if unit == "s" else 0
        return ", ".join(
            f"{span.label} from {span.start / size:.{digits}f} to {span.end / size:.{digits}f} {unit}" for span in run
        )
    sums: dict[str, list[float]] = {}
    for span in run:
        sums.setdefault(span.label, []).append(span.end - span.start)
    return ", ".join(
        f"{label} {len(parts)} times, {duration(sum(parts), total)} in all" for label, parts in sums.items()
    )
