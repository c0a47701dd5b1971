"""What a report may say, field by field. Reports are data from outside: what is not known here is refused."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from ..pages.places import IMPLEMENTATIONS, START_METHODS, SYSTEMS
from ..pages.sources import ENGINES

IN_PAGE = "in the page"  # how a Run in the reader's browser starts; its system is the browser
INLINE = "inline"  # how a block that runs in the page's namespace starts
OWN = "its own"  # how a program starts that picks its own start method
OUTCOMES = ("passed", "failed")
SECONDS = 1_000_000  # of a run: more than any takes
SURROGATE = re.compile("[\ud800-\udfff]")
SHOWN = 60  # characters of a value that a message shows


Check = Callable[[Any], bool]
Fields = Mapping[str, Check]


def pattern(expression: str) -> Check:
    compiled = re.compile(expression, re.ASCII)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def one_of(*names: str) -> Check:
    return lambda value: isinstance(value, str) and value in names


def boolean(value: Any) -> bool:
    return isinstance(value, bool)


def text(value: Any) -> bool:
    """A string that a file can hold: without halves of characters."""
    return isinstance(value, str) and SURROGATE.search(value) is None


def seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < SECONDS


METHOD = "|".join(START_METHODS)
# The fields of a leg, each with what it may be. A date is read by `utc`.
LEG: Fields = {
    "python": pattern(r"3\.\d{1,3}\.\d{1,3}((a|b|rc)\d{1,3})?\+?"),
    "implementation": one_of(*IMPLEMENTATIONS),
    "free_threaded": boolean,
    "system": one_of(*SYSTEMS),
    "start": one_of(*START_METHODS, OWN, INLINE, IN_PAGE),
    "method": pattern(rf"({METHOD})( and ({METHOD}))*|{OWN}|{INLINE}|{'|'.join(ENGINES)}"),
    "default": boolean,
    "outcome": one_of(*OUTCOMES),
}
OPTIONAL: Fields = {"seconds": seconds, "output": text, "problem": text}
# A leg that ran in a page: of these another is said.
IN_BROWSER: Fields = {
    "implementation": pattern(r"CPython \(Pyodide \d[\w.]{0,30}\)"),
    "system": pattern(r"(Chromium|Firefox|WebKit) \d[\w.]{0,30}"),
}
CASE: Fields = {
    "page": text,  # the build looks whether it is one of its own
    "command": text,
    "digest": pattern(r"[0-9a-f]{16}"),
}
SUITE: Fields = {
    "machine": lambda value: isinstance(value, str) and len(value) < 300 and (value.isprintable() or not value),
    "commit": pattern(r"([0-9a-f]{4,64}\+?)?"),  # with a + if files differed from it
}


def leg(value: str) -> dict[str, Any]:
    """The fields of a leg, as JSON; ValueError if one is missing, unknown, or not what it may be."""
    try:
        record = json.loads(value, parse_constant=constant)
    except RecursionError:
        raise ValueError(f"a leg is nested too deeply: {shown(value)}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"a leg is no JSON ({error}): {shown(value)}") from None
    if not isinstance(record, dict):
        raise ValueError(f"a leg is no JSON object: {shown(value)}")
    required = {**LEG, **(IN_BROWSER if record.get("start") == IN_PAGE else {})}
    if missing := [name for name in required if name not in record]:
        raise ValueError(f"a leg has no {', '.join(missing)}")
    check(record, {**required, **OPTIONAL})
    return record


def constant(name: str) -> float:
    """NaN and Infinity, which are no JSON."""
    raise ValueError(f"{name} is no number")


def check(record: Mapping[str, Any], fields: Fields) -> None:
    """ValueError for a field that is not known, or that is not what it may be."""
    for name, value in record.items():
        if name not in fields:
            raise ValueError(f"{shown(name)} is not known")
        if not fields[name](value):
            raise ValueError(f"`{name}` is {shown(value)}")


def utc(date: str) -> str:
    """A date in UTC, so that dates can be compared as strings; ValueError for one that says no time zone."""
    try:
        read = datetime.fromisoformat(date)
        if read.tzinfo is not None:
            return read.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"its date is {shown(date)}, and no date with a time zone")


def shown(value: Any) -> str:
    """A value for a message; cut, if it is long."""
    words = ascii(value)
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
