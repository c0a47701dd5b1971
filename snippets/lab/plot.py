"""Draws repeated measurements as SVG: medians with their ranges.

Each plot is drawn twice, for a wide screen and for a phone. Text
and lines take the page's own ink, so they read on light and on dark
ground. Below stand the figures, and where they were measured.
"""

from html import escape
from math import ceil, floor, log10
from statistics import median

from measure import facts

# Okabe-Ito. What runs in the parent is ink on the page's ground.
COLOURS = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442")
IN_PARENT = ("in turn", "a call, no pool")
DASHES = ("7 4", "2 4")
WIDTHS = {"wide": 648, "narrow": 328}
LETTER = 8.1  # the width of a letter, in pixels
GAP = "\u00a0"  # between a number and its unit: no line ends there


def bars(groups, finding, what, axis):
    """Bars from 0 to the median: {group: {name: [seconds, ...]}}.

    A name has the same colour in all groups. The finding is made
    from the figures: headline and text alternative.
    """
    lanes = [
        (f"{group}: {name}" if group else name, runs)
        for group, named in groups.items()
        for name, runs in named.items()
    ]
    names = dict.fromkeys(
        name for named in groups.values() for name in named
    )
    filled = [name for name in names if name not in IN_PARENT]
    highest = max(max(runs) for _, runs in lanes)

    def draw(width):
        wide = width > 400
        left = max(map(len, names)) * LETTER + 12 if wide else 0
        scale = (width - left - 76) / highest
        ticks = round_numbers(highest, 6 if wide else 3)
        y, parts = 0, []
        for group, named in groups.items():
            if group:
                parts.append(text(0, y + 15, group, kind="group"))
                y += 27
            top = y
            for name, runs in named.items():
                if not wide:
                    y += 19
                x, row = (left - 12, y + 16) if wide else (0, y - 6)
                anchor = "end" if wide else "start"
                parts.append(text(x, row, name, anchor))
                fill = "none"
                if name in filled:
                    fill = COLOURS[filled.index(name)]
                parts.append(bar(left, y, runs, scale, fill))
                end = left + max(runs) * scale + 8
                middle = seconds(median(runs))
                parts.append(
                    text(end, y + 16, middle, kind="value")
                )
                y += 31
            grid = "".join(
                f"M{left + at * scale:.1f} {top - 3}V{y}"
                for at in ticks
            )
            parts.insert(0, ink(grid, opacity=0.15))
            y += 8
        for at in ticks:
            x, said = left + at * scale, short(seconds(at))
            anchor = "middle" if wide or at else "start"
            parts.append(text(x, y + 9, said, anchor, "soft"))
        parts.append(text(left, y + 32, axis, kind="soft"))
        return "".join(parts), y + 38

    cells = [
        [name, *map(seconds, (median(runs), min(runs), max(runs)))]
        for name, runs in lanes
    ]
    head = [what, "Median", "Lowest", "Highest"]
    return Drawing(
        finding, draw, table(head, cells), lanes, seconds
    )


def lines(series, finding, x, y, **options):
    """Points joined by lines: {name: {x: [value, ...]}}.

    A point is a median, the upright line through it a range. The
    options: `log`, the axes with logarithmic scales, "xy" unless
    told otherwise; `show_x` and `show_y`, how to write values;
    `expected`, curves to compare with: {name: {x: value}}.
    """
    log = options.get("log", "xy")
    show_x = options.get("show_x", "{:,g}".format)
    show_y = options.get("show_y", seconds)
    expected = options.get("expected", {})

    places = sorted(
        {at for points in series.values() for at in points}
    )
    values = [
        value
        for points in series.values()
        for runs in points.values()
        for value in runs
    ]
    for curve in expected.values():
        values += curve.values()
    if "y" in log:
        powers = floor(log10(min(values))), ceil(log10(max(values)))
        ticks = [
            10.0**power for power in range(powers[0], powers[1] + 1)
        ]
        lowest, highest = ticks[0], ticks[-1]
    else:
        ticks = round_numbers(max(values) * 1.05, 5)
        lowest, highest = 0, max(values) * 1.05

    def draw(width):
        labels = [short(show_y(at)) for at in ticks]
        left = max(map(len, labels)) * LETTER + 12
        legend, top = keys([*series], [*expected], width)
        top += 30
        bottom = top + (250 if width > 400 else 210)

        def point(at, value):
            across = part(at, places[0], places[-1], "x" in log)
            up = part(value, lowest, highest, "y" in log)
            return (
                left + 12 + (width - left - 32) * across,
                bottom - (bottom - top) * up,
            )

        def way(points):
            return "M" + "L".join(
                "{:.1f} {:.1f}".format(*point(at, value))
                for at, value in points
            )

        parts = [legend, text(0, top - 14, y, kind="soft")]
        for at, label in zip(ticks, labels, strict=True):
            height = point(places[0], at)[1]
            line = f"M{left:.1f} {height:.1f}H{width}"
            parts.append(ink(line, opacity=0.15))
            parts.append(
                text(left - 8, height + 5, label, "end", "soft")
            )
        parts.append(ink(f"M{left:.1f} {bottom}H{width}"))
        free = 0
        for at in places:
            middle, half = (
                point(at, highest)[0],
                len(show_x(at)) * LETTER / 2,
            )
            parts.append(ink(f"M{middle:.1f} {bottom}v5"))
            middle = min(middle, width - half)
            if middle - half > free:
                parts.append(
                    text(
                        middle,
                        bottom + 21,
                        show_x(at),
                        "middle",
                        "soft",
                    )
                )
                free = middle + half + 6
        parts.append(text(left, bottom + 44, x, kind="soft"))

        for curve, dash in zip(expected.values(), DASHES):
            parts.append(ink(way(curve.items()), 1.5, dash=dash))
        for index, points in enumerate(series.values()):
            middles = [
                (at, median(points[at])) for at in sorted(points)
            ]
            parts.append(ribbon(way(middles), COLOURS[index]))
            for at, runs in points.items():
                place, low = point(at, min(runs))
                _, high = point(at, max(runs))
                parts.append(whisker(place, low, high))
            parts += [
                marker(index, *point(*middle)) for middle in middles
            ]
        return "".join(parts), bottom + 50

    cells, runs_of = [], []
    for at in places:
        row = [show_x(at)]
        for name, points in series.items():
            runs = points[at]
            runs_of.append((f"{name}, {show_x(at)}", runs))
            row.append(
                f"{show_y(median(runs))}"
                f"<small>{spread(runs, show_y)}</small>"
            )
        cells.append(
            row + [show_y(curve[at]) for curve in expected.values()]
        )
    figures = table([x, *series, *expected], cells)
    return Drawing(finding, draw, figures, runs_of, show_y)


class Drawing:
    """What a notebook shows: finding, plot, table, machine."""

    def __init__(self, finding, draw, figures, runs, show):
        finding = escape(finding[0].upper() + finding[1:])
        self.html = f'<div class="plot"><p><b>{finding}</b></p>'
        for kind, width in WIDTHS.items():
            inside, height = draw(width)
            # Where no style sheet tells a phone from a desk, one of
            # the two must do.
            hide = (
                "" if kind == "wide" else ' style="display: none"'
            )
            self.html += (
                f'<svg class="plot--{kind}"{hide} role="img" '
                f'aria-label="Plot: {finding}" '
                f'viewBox="0 0 {width} {height:.0f}" '
                f'fill="currentColor" font-family="sans-serif" '
                f'font-size="14">{inside}</svg>'
            )
        every = [
            [name, " · ".join(map(show, values))]
            for name, values in runs
        ]
        self.html += (
            f"{figures}<p>{escape(facts())}</p><details>"
            "<summary>Every single run</summary>"
            + table(
                ["Measured", "In the order of the runs"],
                every,
                "runs",
            )
            + "</details></div>"
        )

    def _repr_html_(self):
        return self.html


def table(head, rows, kind=""):
    """Cells of HTML; the first of each row names it."""
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{name}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in rows
    )
    return (
        '<div class="wide" tabindex="0" role="group" '
        f'aria-label="Figures"><table class="figures {kind}">'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
        "</table></div>"
    )


# -- how values are written ----------------------------------------


def seconds(value):
    """Three digits that count, and a unit: 1.23 ms, 45.6 µs."""
    for unit, length in (
        ("s", 1),
        ("ms", 1e-3),
        ("µs", 1e-6),
        ("ns", 1e-9),
    ):
        if value >= 0.9995 * length:
            value = float(f"{value / length:.3g}")
            digits = max(0, 2 - floor(log10(value)))
            return f"{value:,.{digits}f}{GAP}{unit}"
    return "0"


def size(value):
    for unit, length in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= length:
            return f"{value / length:g}{GAP}{unit}"
    return f"{value:g}{GAP}B"


def factor(value):
    return f"{value:.2f}{GAP}×"


def short(said):
    """Without zeros that a tick does not need: 1.50 s, 1.5 s."""
    number, _, unit = said.partition(GAP)
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number}{GAP}{unit}".strip()


def spread(runs, show):
    """The range in short: 1.20–1.45 ms; 980 µs to 1.20 ms."""
    low, high = show(min(runs)), show(max(runs))
    number, _, unit = low.partition(GAP)
    same = unit == high.partition(GAP)[2]
    return f"{number}–{high}" if same else f"{low} to {high}"


def round_numbers(highest, most):
    """From 0 on, in equal steps; at most so many steps."""
    power = 10.0 ** floor(log10(highest / most))
    step = next(
        digit * power
        for digit in (1, 2, 5, 10)
        if highest / (digit * power) <= most
    )
    return [
        step * index for index in range(int(highest / step) + 1)
    ]


def part(value, low, high, log):
    """Where a value lies between two others, from 0 to 1."""
    if log:
        value, low, high = log10(value), log10(low), log10(high)
    return (value - low) / (high - low)


# -- shapes --------------------------------------------------------


def text(x, y, said, anchor="start", kind=""):
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def ink(path, width=1.25, opacity=1, dash="none"):
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" '
        f'stroke-width="{width}" stroke-opacity="{opacity}" '
        f'stroke-dasharray="{dash}"/>'
    )


def ribbon(path, colour):
    """A coloured line with an outline of ink."""
    inner = f'fill="none" stroke="{colour}" stroke-width="2"'
    return ink(path, 4) + f'<path d="{path}" {inner}/>'


def bar(x, y, runs, scale, fill):
    """From 0 to the median; the range as a line across its end."""
    low, high = x + min(runs) * scale, x + max(runs) * scale
    wide = max(median(runs) * scale, 1.5)
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="22" '
        f'fill="{fill}" stroke="currentColor"/>'
    ) + ink(
        f"M{low:.1f} {y + 6}v10M{high:.1f} {y + 6}v10"
        f"M{low:.1f} {y + 11}H{high:.1f}",
        1.5,
    )


def whisker(x, low, high):
    """An upright line from low to high, with both ends marked."""
    ends = "".join(f"M{x - 4:.1f} {y:.1f}h8" for y in (low, high))
    return ink(f"{ends}M{x:.1f} {low:.1f}V{high:.1f}", 1.5)


def marker(index, x, y):
    """A shape of its own for each series, beside the colour."""
    shape = (
        "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
        "m-4.5 -4.5h9v9h-9z",
        "m0 -6l6 6l-6 6l-6 -6z",
        "m0 -6l6 10h-12z",
    )[index]
    return (
        f'<path d="M{x:.1f} {y:.1f}{shape}" '
        f'fill="{COLOURS[index]}" stroke="currentColor"/>'
    )


def keys(solid, dashed, width):
    """The legend, in as many rows as it needs, and its height."""
    x, y, parts = 0, 0, []
    for index, name in enumerate(solid + dashed):
        wide = 31 + len(name) * LETTER
        if x and x + wide > width:
            x, y = 0, y + 24
        sample = f"M{x:.1f} {y + 10}h24"
        if index < len(solid):
            parts.append(ribbon(sample, COLOURS[index]))
            parts.append(marker(index, x + 12, y + 10))
        else:
            dash = DASHES[index - len(solid)]
            parts.append(ink(sample, 1.5, dash=dash))
        parts.append(text(x + 31, y + 15, name))
        x += wide + 20
    return "".join(parts), y + 24
