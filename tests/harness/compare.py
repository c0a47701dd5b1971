"""Compares what a transcript shows to what came out, and says what it should show instead.

In a transcript `...` stands for any text inside a line, and alone on a line for any lines, none included.
"""

import difflib
import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

WILD = "..."


@functools.cache
def pattern(line: str) -> re.Pattern[str]:
    return re.compile(".*?".join(map(re.escape, line.split(WILD))), re.DOTALL)


def line_matches(expected: str, actual: str) -> bool:
    return expected == actual or (WILD in expected and pattern(expected).fullmatch(actual) is not None)


def matches(expected: Sequence[str], actual: Sequence[str], any_order: bool) -> bool:
    """Whether the lines that came out are those that the transcript shows."""
    if any_order:
        pairs = pairing(expected, actual)
        shown = [index for index, line in enumerate(expected) if line != WILD]
        return len(pairs) == len(shown) and (len(pairs) == len(actual) or len(shown) < len(expected))
    reachable = {0}  # numbers of actual lines that the expected lines so far can stand for
    for line in expected:
        if line == WILD:
            reachable = set(range(min(reachable, default=len(actual) + 1), len(actual) + 1))
        else:
            reachable = {end + 1 for end in reachable if end < len(actual) and line_matches(line, actual[end])}
    return len(actual) in reachable


def pairing(expected: Sequence[str], actual: Sequence[str]) -> dict[int, int]:
    """A largest matching of expected lines to different actual lines, by index (augmenting paths)."""
    owner: dict[int, int] = {}

    def place(index: int, tried: set[int]) -> bool:
        for other, line in enumerate(actual):
            if other not in tried and line_matches(expected[index], line):
                tried.add(other)
                if other not in owner or place(owner[other], tried):
                    owner[other] = index
                    return True
        return False

    for index, line in enumerate(expected):
        if line != WILD:
            place(index, set())
    return {index: other for other, index in owner.items()}


def merge(expected: Sequence[str], actual: Sequence[str], any_order: bool) -> list[str]:
    """What the transcript should show: expected lines that still fit stay, with their elisions; the rest is actual."""
    if any_order:
        return merge_any_order(expected, actual)
    rows, columns = len(expected), len(actual)
    costs = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows, -1, -1):
        for column in range(columns, -1, -1):
            if (row, column) != (rows, columns):
                costs[row][column] = min(edit.cost for edit in edits(expected, actual, costs, row, column))
    merged: list[str] = []
    row = column = 0
    while row < rows or column < columns:
        edit = min(edits(expected, actual, costs, row, column), key=lambda edit: edit.cost)
        merged += edit.lines
        row, column = edit.row, edit.column
    return merged


# Edit distance over lines. A replaced line is cheaper than one removed and one added, so that a `...` next to a
# changed line does not swallow it.
GAP, SWAP = 3, 2


class Edit(NamedTuple):
    """A way on from an expected and an actual line."""

    cost: int  # from here to the end
    row: int  # the next expected line
    column: int  # the next actual line
    lines: list[str]  # that it adds to the transcript


def edits(
    expected: Sequence[str], actual: Sequence[str], costs: Sequence[Sequence[int]], row: int, column: int
) -> list[Edit]:
    """All ways on from an expected line (row) and an actual line (column)."""
    ways = []
    if row < len(expected) and column < len(actual):
        if expected[row] == WILD:
            ways.append(Edit(costs[row][column + 1], row, column + 1, []))  # the elided lines go on
        else:
            same = line_matches(expected[row], actual[column])
            cost = costs[row + 1][column + 1] + (0 if same else SWAP)
            ways.append(Edit(cost, row + 1, column + 1, [expected[row] if same else actual[column]]))
    if row < len(expected):
        wild = expected[row] == WILD
        ways.append(Edit(costs[row + 1][column] + (0 if wild else GAP), row + 1, column, [WILD] if wild else []))
    if column < len(actual):
        ways.append(Edit(costs[row][column + 1] + GAP, row, column + 1, [actual[column]]))
    return ways


def merge_any_order(expected: Sequence[str], actual: Sequence[str]) -> list[str]:
    pairs = pairing(expected, actual)
    new = [line for index, line in enumerate(actual) if index not in pairs.values()]
    if WILD in expected:
        new = new[: sum(index not in pairs for index, line in enumerate(expected) if line != WILD)]
    merged = []
    for index, line in enumerate(expected):
        if line == WILD or index in pairs:
            merged.append(line)
        elif new:
            merged.append(new.pop(0))
    return merged + new


def elide(line: str, *, folder: str, library: Sequence[str], pids: Sequence[int], figures: bool) -> str:
    """A line of output with what differs from run to run as `...`.

    That is the working folder, the interpreter's prefix (with the line numbers of its files), process ids and
    addresses; with `figures` also numbers with a decimal point.
    """
    line = re.sub(r"0x[0-9a-fA-F]{4,}", "0x...", line)
    for spelt in {folder, folder.replace("\\", "/")}:  # a traceback's folders come with slashes, whatever the system
        line = line.replace(spelt, WILD)
    for prefix in [spelt for path in library for spelt in dict.fromkeys((path, path.replace("\\", "/")))]:
        if prefix in line:
            line = re.sub(r'(", line )\d+', rf"\g<1>{WILD}", line.replace(prefix, WILD))
    for pid in pids:
        line = re.sub(rf"(?<![\w.]){pid}(?![\w.]|\.\d)", WILD, line)
    if figures:
        line = re.sub(r"\d+\.\d+", WILD, line)
    return line


def unified_diff(expected: Sequence[str], wanted: Sequence[str], page: str, line: int, source: str) -> str:
    """The change that would make the transcript true, with the page's own line numbers."""
    diff = list(difflib.unified_diff(visible(expected), visible(wanted), page, source, lineterm="", n=2))
    shifted = [
        re.sub(r"(?<=[-+])(\d+)", lambda found: str(int(found[1]) + line), text) if text.startswith("@@") else text
        for text in diff
    ]
    return "\n".join(shifted)


def visible(lines: Sequence[str]) -> list[str]:
    """Lines with their trailing blanks and control characters made visible."""
    return [
        re.sub(r"[ \t]+$", lambda found: "·" * len(found[0]), line.replace("\r", "␍").replace("\x1b", "␛"))
        for line in lines
    ]
