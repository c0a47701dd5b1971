"""Draws repeated measurements as SVG: median and range.

Each plot is drawn twice, for a wide screen and for a phone. It takes
its ink from the page, so it reads on light and on dark ground. Below
it stand the figures as a table, and where they were measured.
"""

from html import escape
from itertools import count
from math import ceil, floor, log10
from statistics import median

from measure import facts

# Okabe-Ito; 0 is what runs in the parent: ink on the page's ground.
COLOURS = (
    "none", "#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442",
)  # fmt: skip
WIDE, NARROW = ("wide", 648), ("narrow", 328)
LETTER = 7.4  # pixels, at most, of a letter of 14 px


class Drawing:
    """What a notebook shows: finding, plot, table, machine."""

    def __init__(self, finding, draw, table, runs):
        finding = finding[0].upper() + finding[1:]
        alternative = escape(f"Plot: {finding}")
        self.html = (
            f'<div class="plot"><p><b>{escape(finding)}</b></p>'
        )
        for kind, width in (WIDE, NARROW):
            inside, height = draw(kind, width)
            hide = ' style="display: none"' * (kind == "narrow")
            self.html += (
                f'<svg class="plot--{kind}"{hide} role="img" '
                f'aria-label="{alternative}" '
                f'viewBox="0 0 {width} {height:.0f}" '
                f'font-family="sans-serif" font-size="14" '
                f'fill="currentColor">{inside}</svg>'
            )
        self.html += f"{table}<p>{escape(facts())}</p>{runs}</div>"

    def _repr_html_(self):
        return self.html


# -- formats ----------------------------------------------------------


def digits(value):
    """Three digits that count: 0.123, 1.23, 12.3, 123, 1,230."""
    if value >= 100 or value == 0:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.{2 - floor(log10(abs(value)))}f}"


def seconds(value):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= 0.9995 * size:
            return f"{digits(value / size)} {unit}"
    return f"{digits(value / 1e-9)} ns" if value else "0"


def spread(runs, show):
    """The range in short: 1.20–1.45 ms, 980 µs to 1.20 ms."""
    low, high = show(min(runs)), show(max(runs))
    if low.partition(" ")[2] == high.partition(" ")[2]:
        return f"{low.partition(' ')[0]}–{high}"
    return f"{low} to {high}"


def tick(value, show):
    """Without the zeros that a tick does not need."""
    number, _, unit = show(value).partition(" ")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number} {unit}".strip()


def number(value):
    return f"{value:,g}"


def factor(value):
    return f"{value:.2f} ×"


def size(value):
    for unit, bytes_ in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= bytes_:
            return f"{value / bytes_:g} {unit}"
    return f"{value:g} B"


# -- shapes -----------------------------------------------------------


def text(x, y, content, *, anchor="start", kind=""):
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" '
        f'text-anchor="{anchor}">{escape(content)}</text>'
    )


def ink(path, width=1.25, opacity=1.0, dash="none"):
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" '
        f'stroke-width="{width}" stroke-opacity="{opacity}" '
        f'stroke-dasharray="{dash}"/>'
    )


def marker(index, x, y):
    """A shape of its own for each series, filled and outlined."""
    shapes = (
        f"M{x - 5:.1f} {y:.1f}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
        f"M{x - 4.5:.1f} {y - 4.5:.1f}h9v9h-9z",
        f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z",
        f"M{x:.1f} {y - 6:.1f}l6 10h-12z",
    )
    return (
        f'<path d="{shapes[index % 4]}" fill="{COLOURS[index + 1]}" '
        f'stroke="currentColor"/>'
    )


def steps(highest, most):
    """Ticks from 0 at round numbers, at most so many."""
    for power in count(floor(log10(highest)) - 2):
        for digit in (1, 2, 5):
            step = digit * 10.0**power
            if highest / step <= most:
                return [
                    step * i for i in range(int(highest / step) + 1)
                ]


# -- bars -------------------------------------------------------------


def bars(groups, finding, what, axis):
    """Times as bars from 0: {group: {name: [seconds, ...]}}.

    The bar ends at the median, the line spans the range. A name has
    one colour in all groups; `in the parent` and `in turn` have none.
    """
    names = dict.fromkeys(
        name for runs in groups.values() for name in runs
    )
    plain = ("in turn", "a call, no pool")
    coloured = [name for name in names if name not in plain]
    longest = max(
        max(runs)
        for one in groups.values()
        for runs in one.values()
    )

    def draw(kind, width):
        wide = kind == "wide"
        left = max(map(len, names)) * LETTER + 12 if wide else 0
        right = 76
        scale = (width - left - right) / longest
        y, out = 0, []
        ticks = steps(longest, 6 if wide else 3)
        for group, lanes in groups.items():
            if group:
                out.append(text(0, y + 15, group, kind="group"))
                y += 27
            top = y
            for name, runs in lanes.items():
                if wide:
                    out.append(
                        text(left - 12, y + 16, name, anchor="end")
                    )
                else:
                    out.append(text(0, y + 13, name))
                    y += 19
                out.append(bar(left, y, runs, scale, colour(name)))
                end = left + max(runs) * scale + 8
                out.append(
                    text(
                        end,
                        y + 16,
                        seconds(median(runs)),
                        kind="value",
                    )
                )
                y += 31
            out.insert(0, ink("".join(
                f"M{left + at * scale:.1f} {top - 3}V{y}" for at in ticks
            ), opacity=0.15))  # fmt: skip
            y += 8 if group else 0
        y -= 8 if "" not in groups else 0
        for at in ticks:
            x = left + at * scale
            anchor = "middle" if wide or at else "start"
            out.append(
                text(
                    x,
                    y + 17,
                    tick(at, seconds),
                    anchor=anchor,
                    kind="soft",
                )
            )
        out.append(text(left, y + 40, axis, kind="soft"))
        return "".join(out), y + 46

    def colour(name):
        return (
            COLOURS[coloured.index(name) + 1]
            if name in coloured
            else "none"
        )

    rows = [
        (f"{group}: {name}" if group else name, runs)
        for group, lanes in groups.items()
        for name, runs in lanes.items()
    ]
    cells = [
        [
            name,
            seconds(median(runs)),
            seconds(min(runs)),
            seconds(max(runs)),
        ]
        for name, runs in rows
    ]
    head = [what, "Median", "Lowest", "Highest"]
    return Drawing(
        finding, draw, table(head, cells), all_runs(rows, seconds)
    )


def bar(x, y, runs, scale, colour):
    low, middle, high = (
        x + value * scale
        for value in (min(runs), median(runs), max(runs))
    )
    wide = max(middle - x, 1.5)
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="22" '
        f'fill="{colour}" stroke="currentColor"/>'
        + ink(f"M{low:.1f} {y + 6}v10M{high:.1f} {y + 6}v10"
              f"M{low:.1f} {y + 11}H{high:.1f}", 1.5)
    )  # fmt: skip


# -- lines ------------------------------------------------------------


def lines(
    series, finding, x, y, *, show_x=number, show_y=seconds,
    log="xy", expected=None,
):  # fmt: skip
    """Points joined by lines: {name: {x: [value, ...]}}.

    The point is the median, the line through it the range. `log`
    names the axes with a logarithmic scale. `expected` has curves to compare with: {name: {x: y}}.
    """
    expected = expected or {}
    places = sorted(
        {at for points in series.values() for at in points}
    )
    values = [
        one
        for points in series.values()
        for runs in points.values()
        for one in runs
    ]
    values += [
        one for curve in expected.values() for one in curve.values()
    ]
    high = max(values)
    if "y" in log:
        low = floor(log10(min(values)))
        ticks = [
            10.0**power
            for power in range(low, ceil(log10(high)) + 1)
        ]
    else:
        ticks = steps(high * 1.05, 5)

    def draw(kind, width):
        wide = kind == "wide"
        legend, top = keys([*series], [*expected], width)
        top += 30
        left = (
            max(len(tick(at, show_y)) for at in ticks) * LETTER + 12
        )
        right, tall = 20, 250 if wide else 210
        span = width - left - right
        highest = (
            ticks[-1] if "y" in log else max(ticks[-1], high * 1.05)
        )

        def across(at):
            if "x" in log:
                return (
                    left
                    + 12
                    + (span - 12)
                    * log10(at / places[0])
                    / log10(places[-1] / places[0])
                )
            return (
                left
                + 12
                + (span - 12)
                * (at - places[0])
                / (places[-1] - places[0])
            )

        def up(value):
            part = (
                log10(value / ticks[0])
                / log10(ticks[-1] / ticks[0])
                if "y" in log
                else value / highest
            )
            return top + tall * (1 - part)

        out = [legend, text(0, top - 14, y, kind="soft")]
        for at in ticks:
            out.append(
                ink(
                    f"M{left:.1f} {up(at):.1f}H{width}",
                    opacity=0.15,
                )
            )
            out.append(
                text(
                    left - 8,
                    up(at) + 5,
                    tick(at, show_y),
                    anchor="end",
                    kind="soft",
                )
            )
        free = 0
        for at in places:
            said = show_x(at)
            half = len(said) * LETTER / 2
            out.append(ink(f"M{across(at):.1f} {top + tall}v5"))
            if across(at) - half >= free:
                middle = min(across(at), width - half)
                out.append(
                    text(
                        middle,
                        top + tall + 21,
                        said,
                        anchor="middle",
                        kind="soft",
                    )
                )
                free = middle + half + 6
        out.append(ink(f"M{left:.1f} {top + tall}H{width}"))
        out.append(text(left, top + tall + 44, x, kind="soft"))
        for index, curve in enumerate(expected.values()):
            out.append(
                ink(
                    path(curve.items(), across, up),
                    1.5,
                    dash=DASHES[index],
                )
            )
        for index, points in enumerate(series.values()):
            middles = [
                (at, median(runs))
                for at, runs in sorted(points.items())
            ]
            way = path(middles, across, up)
            out.append(ink(way, 4))
            out.append(
                f'<path d="{way}" fill="none" stroke="{COLOURS[index + 1]}" stroke-width="2"/>'
            )
            for at, runs in points.items():
                ends = up(min(runs)), up(max(runs))
                out.append(ink("".join(f"M{across(at) - 4:.1f} {end:.1f}h8" for end in ends)
                               + f"M{across(at):.1f} {ends[0]:.1f}V{ends[1]:.1f}", 1.5))  # fmt: skip
            out += [
                marker(index, across(at), up(middle))
                for at, middle in middles
            ]
        return "".join(out), top + tall + 50

    head = [x, *series, *expected]
    cells, rows = [], []
    for at in places:
        cells.append([show_x(at)])
        for name, points in series.items():
            runs = points.get(at)
            rows += (
                [(f"{name}, {show_x(at)}", runs)] if runs else []
            )
            cells[-1].append(
                f"{show_y(median(runs))}<small>{spread(runs, show_y)}</small>"
                if runs
                else "–"
            )
        for curve in expected.values():
            cells[-1].append(
                show_y(curve[at]) if at in curve else "–"
            )
    return Drawing(
        finding, draw, table(head, cells), all_runs(rows, show_y)
    )


DASHES = ("7 4", "2 4")


def path(points, across, up):
    return "M" + "L".join(
        f"{across(at):.1f} {up(value):.1f}" for at, value in points
    )


def keys(solid, dashed, width):
    """The legend, in as many rows as it needs, and its height."""
    x, y, out = 0, 0, []
    for index, name in enumerate(solid + dashed):
        wide = 34 + len(name) * LETTER
        if x and x + wide > width:
            x, y = 0, y + 24
        if index < len(solid):
            out.append(ink(f"M{x} {y + 10}h24", 4))
            out.append(
                f'<path d="M{x} {y + 10}h24" stroke="{COLOURS[index + 1]}" stroke-width="2"/>'
            )
            out.append(marker(index, x + 12, y + 10))
        else:
            out.append(
                ink(
                    f"M{x} {y + 10}h24",
                    1.5,
                    dash=DASHES[index - len(solid)],
                )
            )
        out.append(text(x + 31, y + 15, name))
        x += wide + 18
    return "".join(out), y + 24


# -- tables -----------------------------------------------------------


def table(head, rows):
    """Rows of cells as HTML; the first of a row names it."""
    top = "".join(
        f'<th scope="col">{escape(cell)}</th>' for cell in head
    )
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="Figures"><table class="figures">'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def all_runs(rows, show):
    """Every single run, closed until somebody wants to see it."""
    cells = [
        [name, " · ".join(show(run) for run in runs)]
        for name, runs in rows
    ]
    inside = table(
        ["Measured", "In the order in which they ran"], cells
    ).replace('class="figures"', 'class="figures runs"')
    return f"<details><summary>Every single run</summary>{inside}</details>"
