"""The attributes that may follow a fence's language, and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from .fences import PageError
from .places import GIL, START_METHODS, SYSTEMS, Place
from .rendering import Rendered

CODE_OPTIONS = {"title", "hl_lines", "linenums"}  # of any code
PROGRAM_OPTIONS = CODE_OPTIONS | {"no-run"}
VERDICTS = {"fails": "This fails", "works": "This works"}  # classes of a program's fence
FLAGS = {"any-order", "leaks", "measured", "timeline"}
VALUES = {"exit", "start", "python", "system", "gil", "hangs", "timeout", "skip"}
DEADLINE = 30.0
SIGNALS = {2: "SIGINT", 6: "SIGABRT", 9: "SIGKILL", 11: "SIGSEGV", 15: "SIGTERM"}
COMPARED = {
    ">=": "{} and newer",
    ">": "newer than {}",
    "<": "older than {}",
    "<=": "{} and older",
    "==": "{}",
    "!=": "other than {}",
}


@dataclass(frozen=True)
class Attributes:
    """What a transcript says of its runs, beside their output."""

    any_order: bool = False
    leaks: bool = False  # leaves a process or a shared-memory segment behind on purpose
    measured: bool = False  # its figures are filled in from the run's report
    timeline: bool = False  # its rows are drawn
    exit: int | None = None  # the status that it names; minus the signal's number, as in subprocess
    start: tuple[str, ...] = START_METHODS
    python: SpecifierSet = field(default_factory=SpecifierSet)
    system: tuple[str, ...] = SYSTEMS
    gil: tuple[str, ...] = GIL
    hangs: float | None = None  # seconds after which it must still be running
    timeout: float | None = None  # seconds, if it asks for others than DEADLINE
    skip: str | None = None  # the reason
    given: Mapping[str, str | None] = field(default_factory=dict)  # as they stand in the fence

    @property
    def status(self) -> int:
        """The exit status that a run must end with."""
        return self.exit or 0

    @property
    def deadline(self) -> float:
        """Seconds after which a run is stopped."""
        return self.hangs or self.timeout or DEADLINE

    def speaks_for(self, place: Place, method: str | None = None) -> bool:
        """Whether it speaks for this Python, and for this start method there."""
        starts = method not in START_METHODS or method in self.start
        build = place.system in self.system and place.gil in self.gil
        return starts and build and self.python.contains(place.python, prereleases=True)

    @property
    def restriction(self) -> str:
        """The legs that it speaks for, in words: "start method spawn, Python 3.14 and newer"; empty if all."""
        words = []
        if self.start != START_METHODS:
            words.append("start method " + " or ".join(self.start))
        if str(self.python):
            parts = [
                COMPARED.get(clause.operator, clause.operator + "{}").format(clause.version.removesuffix(".*"))
                for clause in sorted(self.python, key=lambda clause: Version(clause.version.removesuffix(".*")))
            ]
            words.append("Python " + ", ".join(parts))
        if self.system != SYSTEMS:
            words.append("on " + " or ".join(self.system))
        if self.gil != GIL:
            builds = {"on": "a Python with the GIL", "off": "a free-threaded Python"}
            words.append(" or ".join(builds[build] for build in self.gil))
        return ", ".join(words)

    def sentences(self, elides: bool) -> list[str]:
        """What they say to a reader; `elides`: whether the output that is shown has a `...`."""
        words = []
        if restriction := self.restriction:
            words.append((f"O{restriction[1:]}" if restriction.startswith("on ") else f"With {restriction}") + ".")
        if self.any_order:
            words.append("The lines come in any order.")
        if self.hangs is not None:
            words.append(f"Still running after {self.hangs:g} seconds, then stopped.")
        if self.exit is not None:
            words.append(ending(self.exit))
        if self.leaks:
            words.append("Leaves something behind when it ends.")
        if self.timeout is not None:
            words.append(f"May take up to {self.timeout:g} seconds.")
        if self.skip is not None:
            words.append(f"Not run: {self.skip}")
        if elides:
            words.append("“...” stands for what differs from run to run.")
        return words


def ending(status: int) -> str:
    if status >= 0:
        return f"Ends with exit status {status}."
    name = SIGNALS.get(-status)
    return f"Ended by signal {-status}" + (f" ({name})." if name else ".")


def attributes(rendered: Rendered, line: int) -> Attributes:
    """The attributes of a `console` fence; PageError if one is unknown or makes no sense."""
    options = rendered.options
    refuse_unknown(rendered, line, FLAGS | VALUES, set())
    for name in FLAGS & options.keys():
        if options[name] is not None:
            raise PageError(line, f"`{name}` takes no value")
    for name in VALUES & options.keys():
        if not (options[name] or "").strip():
            what = "the reason" if name == "skip" else "a value"
            raise PageError(line, f'`{name}` needs {what}: {name}="…"')
    if "timeline" in options and "measured" not in options:
        raise PageError(line, "`timeline` draws what was measured: write {measured timeline}")
    if "hangs" in options and "exit" in options:
        raise PageError(line, "a program that hangs is stopped: it has no exit status of its own")
    if "hangs" in options and "timeout" in options:
        raise PageError(line, "`hangs` is the time after which it is stopped: leave `timeout` out")
    return Attributes(
        any_order="any-order" in options,
        leaks="leaks" in options,
        measured="measured" in options,
        timeline="timeline" in options,
        exit=number(options, "exit", line, int),
        start=names(options, "start", START_METHODS, line),
        python=specifier(options.get("python"), line),
        system=names(options, "system", SYSTEMS, line),
        gil=names(options, "gil", GIL, line),
        hangs=number(options, "hangs", line, float),
        timeout=number(options, "timeout", line, float),
        skip=options.get("skip"),
        given=dict(options),
    )


def verdict(rendered: Rendered, line: int) -> str:
    """The one class of a program's fence, "fails" or "works"; empty if it has none."""
    refuse_unknown(rendered, line, PROGRAM_OPTIONS, set(VERDICTS))
    if len(rendered.classes) > 1:
        raise PageError(line, "a program fails or works: leave one of `.fails` and `.works` out")
    return "".join(rendered.classes)


def refuse_unknown(rendered: Rendered, line: int, options: set[str], classes: set[str]) -> None:
    """PageError for an attribute, a class or an id that nothing would honour."""
    for name in rendered.options:
        if name not in options:
            known = ", ".join(sorted(options)) or "none"
            raise PageError(line, f"unknown attribute `{name}` on a `{rendered.language}` fence (known: {known})")
    for name in rendered.classes:
        if name not in classes:
            known = ", ".join(f".{each}" for each in sorted(classes)) or "none"
            raise PageError(line, f"unknown class `.{name}` on a `{rendered.language}` fence (known: {known})")
    if rendered.id:
        raise PageError(line, f"`#{rendered.id}` on a fence is not honoured: link to the heading above it")


def number(options: Mapping[str, str | None], name: str, line: int, kind: type) -> Any:
    """The attribute as an int or a float (seconds); None without it."""
    value = options.get(name)
    if value is None:
        return None
    try:
        result = kind(value)
    except ValueError:
        raise PageError(line, f"`{name}={value}`: not a number") from None
    if kind is float and not 0 < result < 600:
        raise PageError(line, f"`{name}={value}`: seconds between 0 and 600")
    return result


def names(options: Mapping[str, str | None], name: str, known: tuple[str, ...], line: int) -> tuple[str, ...]:
    """Those of the known ones that an attribute names, with commas between them; all without the attribute."""
    value = options.get(name)
    if value is None:
        return known
    chosen = [each.strip() for each in value.split(",")]
    for each in chosen:
        if each not in known:
            raise PageError(line, f"`{name}={value}`: {each!r} is none of {', '.join(known)}")
    return tuple(each for each in known if each in chosen)


def specifier(value: str | None, line: int) -> SpecifierSet:
    try:
        found = SpecifierSet(value or "")
        for clause in found:
            Version(clause.version.removesuffix(".*"))  # `===` takes anything
    except ValueError:
        raise PageError(line, f'`python={value}`: not a version specifier such as ">=3.14"') from None
    return found
