"""What may stand behind a fence's language, and what it means."""

from dataclasses import dataclass

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from .fences import PageError
from .rendering import Rendered

START_METHODS = ("fork", "spawn", "forkserver")
SYSTEMS = ("Linux", "macOS", "Windows")
GIL = ("on", "off")  # off: a free-threaded build
PROGRAM_OPTIONS = {"title", "hl_lines", "linenums"}
PROGRAM_CLASSES = {"fails", "works"}
FLAGS = {"any-order", "leaks", "measured", "timeline"}
VALUES = {"exit", "start", "python", "system", "gil", "hangs", "timeout", "skip"}
DEADLINE = 30.0


@dataclass(frozen=True)
class Expectation:
    """What a transcript says of its runs, beside their output."""

    any_order: bool = False
    leaks: bool = False  # leaves a process or a shared-memory segment behind on purpose
    measured: bool = False  # its figures are filled in from the run's report
    exit: int = 0  # minus the signal's number, as in subprocess
    start: tuple[str, ...] = START_METHODS
    python: SpecifierSet = SpecifierSet()
    system: tuple[str, ...] = SYSTEMS
    gil: tuple[str, ...] = GIL
    hangs: float | None = None  # seconds after which it must still be running
    timeout: float = DEADLINE  # seconds
    skip: str | None = None  # the reason

    @property
    def restriction(self) -> str:
        """The legs that it speaks for, in words; empty if all."""
        words = []
        if self.start != START_METHODS:
            words.append(f"start={','.join(self.start)}")
        if str(self.python):
            words.append(f"python{self.python}")
        if self.system != SYSTEMS:
            words.append(f"system={','.join(self.system)}")
        if self.gil != GIL:
            words.append(f"gil={','.join(self.gil)}")
        return ", ".join(words)


def expectation(rendered: Rendered, line: int) -> Expectation:
    """The attributes of a `console` fence; PageError for one that is unknown or makes no sense."""
    options = dict(rendered.options)
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
    return Expectation(
        any_order="any-order" in options,
        leaks="leaks" in options,
        measured="measured" in options,
        exit=number(options, "exit", line, int, 0),
        start=named(options, "start", START_METHODS, line),
        python=specifier(options.get("python"), line),
        system=named(options, "system", SYSTEMS, line),
        gil=named(options, "gil", GIL, line),
        hangs=number(options, "hangs", line, float, None),
        timeout=number(options, "timeout", line, float, DEADLINE),
        skip=options.get("skip"),
    )


def refuse_unknown(rendered: Rendered, line: int, known: set[str], classes: set[str]) -> None:
    """PageError for an attribute or class that nothing would honour."""
    for name in rendered.options:
        if name not in known:
            have = ", ".join(sorted(known)) or "none"
            raise PageError(line, f"unknown attribute `{name}` on a `{rendered.language}` fence (known: {have})")
    for name in rendered.classes:
        if name not in classes:
            have = ", ".join(f".{known}" for known in sorted(classes)) or "none"
            raise PageError(line, f"unknown class `.{name}` on a `{rendered.language}` fence (known: {have})")


def number(options: dict, name: str, line: int, kind: type, default):
    if name not in options:
        return default
    try:
        value = kind(options[name])
    except ValueError:
        raise PageError(line, f"`{name}={options[name]}`: not a number") from None
    if kind is float and not 0 < value < 600:
        raise PageError(line, f"`{name}={options[name]}`: seconds between 0 and 600")
    return value


def named(options: dict, name: str, known: tuple[str, ...], line: int) -> tuple[str, ...]:
    """Those of the known ones that an attribute names, with commas between them; all without the attribute."""
    if name not in options:
        return known
    chosen = [one.strip() for one in options[name].split(",")]
    for one in chosen:
        if one not in known:
            raise PageError(line, f"`{name}={options[name]}`: {one!r} is none of {', '.join(known)}")
    return tuple(one for one in known if one in chosen)


def specifier(value: str | None, line: int) -> SpecifierSet:
    try:
        return SpecifierSet(value or "")
    except InvalidSpecifier:
        raise PageError(line, f'`python={value}`: not a version specifier such as ">=3.14"') from None
