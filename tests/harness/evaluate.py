"""Evaluates one example: runs its legs, compares, and says what is wrong in the page's own terms."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from . import compare
from .headers import wanted
from .legs import Interpreter, Leg, legs
from .packages import PackageError, folder
from .page import Inline, Page, Transcript
from .run import GRACE, LIMIT, Run, run

STALE = "not what it printed"
DIFFER = "The legs differ: split the transcript with start=, python=, system= or gil=, or elide with `...`."


@dataclass
class Result:
    """What became of a transcript."""

    records: list[dict] = field(default_factory=list)  # one `leg` property of the report each, see record()
    problems: dict[str, list[Leg]] = field(default_factory=dict)  # problem in words → legs that have it
    wanted: list[str] | None = None  # the lines it should show, if stale and `--update` may write them
    not_applicable: list[Leg] = field(default_factory=list)


@dataclass
class Output:
    """A leg that ran as the transcript says; what it printed is still to be compared."""

    leg: Leg
    ran: Run
    lines: list[str]
    record: dict

    def elided(self, figures: bool) -> list[str]:
        """The lines, without what differs from run to run."""
        known = {"folder": self.ran.folder, "library": self.leg.interpreter.folders, "pids": self.ran.pids}
        return [compare.elide(line, figures=figures, **known) for line in self.lines]


def evaluate(example: Transcript, interpreters: Sequence[Interpreter], page: str, update: bool) -> Result:
    """Runs the transcript's command on every leg it speaks for. `page` is the page's name in messages."""
    mine, others = legs(interpreters, source_of(example), example.expectation)
    result = evaluate_legs(example, mine, page, update)
    result.not_applicable = others
    return result


def evaluate_legs(example: Transcript, mine: Sequence[Leg], page: str, update: bool) -> Result:
    """Runs the transcript's command on these legs."""
    result = Result()
    outputs: list[Output] = []
    for leg, ran in zip(mine, run_legs(example, mine, patient=not update), strict=True):
        if isinstance(ran, PackageError):
            result.records.append(facts(leg, "failed"))
            result.problems.setdefault(str(ran), []).append(leg)
            continue
        result.records.append(record(leg, ran))
        problem = mishap(example, leg, ran)
        if problem is None:
            outputs.append(Output(leg, ran, decode(ran.output), result.records[-1]))
        else:
            result.records[-1]["outcome"] = "failed"
            result.problems.setdefault(problem, []).append(leg)
    compare_outputs(example, outputs, result, page, update)
    return result


def compare_outputs(example: Transcript, outputs: list[Output], result: Result, page: str, update: bool) -> None:
    """Adds a diff for each leg whose output the transcript does not show; or, with `update`, lines that fit all."""
    said = example.expectation
    shown = list(example.expected)
    stale = [output for output in outputs if not compare.matches(shown, output.lines, said.any_order)]
    wanted = shown
    for output in stale:
        if not compare.matches(wanted, output.lines, said.any_order):
            wanted = compare.merge(wanted, output.elided(said.measured), said.any_order)
    fits_all = all(compare.matches(wanted, output.lines, said.any_order) for output in outputs)
    if update and stale and fits_all:
        result.wanted = wanted
        stale = []
    for output in stale:
        output.record["outcome"] = "failed"
        new = compare.merge(shown, output.elided(said.measured), said.any_order)
        command = "$ " + example.command.text
        diff = compare.unified_diff([command, *shown], [command, *new], page, example.fence.line, "what it printed")
        order = " (in any order)" if said.any_order else ""
        problem = f"{STALE}{order}\n\n{diff}" + ("" if fits_all else f"\n{DIFFER}")
        result.problems.setdefault(problem, []).append(output.leg)
    if said.measured:
        for output in outputs:
            output.record["output"] = "\n".join(output.lines)


def digest(example: Transcript, lines: Sequence[str]) -> str:
    """Stands for the transcript with these lines and all programs of its page: a report of others is no evidence."""
    parts = [json.dumps(dict(sorted(example.options.items()))), example.command.text, "\n".join(lines).strip("\n")]
    for program in sorted(example.programs, key=lambda program: program.title):
        parts += [program.title, program.source]
    return digest_of(parts)


def inline_digest(page: Page, block: Inline) -> str:
    """Stands for an inline block, those above it, and all programs of its page, which it may import."""
    parts = [one.source.strip() for one in page.inlines[: page.inlines.index(block) + 1]]
    for program in sorted(page.programs, key=lambda program: program.title):
        parts += [program.title, program.source]
    return digest_of(parts)


def digest_of(parts: Sequence[str]) -> str:
    return hashlib.sha256("".join(part + "\0" for part in parts).encode()).hexdigest()[:16]


def run_legs(example: Transcript, mine: Sequence[Leg], patient: bool) -> list[Run | PackageError]:
    """One leg after the other; what hangs needs no core, so several of those at a time.

    Patient: a program that hangs is given more time if it has not printed yet what the page shows.
    """
    hangs = example.expectation.hangs is not None
    complete = shows(example) if hangs and patient else lambda output: True

    def attempt(leg: Leg) -> Run | PackageError:
        try:
            return run_leg(example, leg, complete)
        except PackageError as error:
            return error

    if not hangs:
        return [attempt(leg) for leg in mine]
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(attempt, mine))


def shows(example: Transcript) -> Callable[[bytes], bool]:
    """Tells of an output whether it is what the page shows."""

    def complete(output: bytes) -> bool:
        try:
            return compare.matches(example.expected, decode(output), example.expectation.any_order)
        except UnicodeDecodeError:
            return False  # a character that has not come as a whole, or that is none

    return complete


def run_leg(example: Transcript, leg: Leg, complete: Callable[[bytes], bool]) -> Run:
    said = example.expectation
    files = {program.title: program.source for program in example.programs}
    stdin = files[example.command.program] if example.command.stdin and example.command.program else None
    deadline = said.hangs if said.hangs is not None else said.timeout
    needed = wanted([source_of(example)])
    packages = [folder(leg.interpreter, needed)] if needed else []
    return run(leg.interpreter.path, example.command.arguments, files, stdin, leg.asked, deadline, packages, complete)


def source_of(example: Transcript) -> str:
    """The source that decides on the start method: the program, or what stands after -c."""
    if example.command.program is None:
        return example.command.arguments[example.command.arguments.index("-c") + 1]
    return next(program.source for program in example.programs if program.title == example.command.program)


def mishap(example: Transcript, leg: Leg, ran: Run) -> str | None:
    """What went wrong with the run itself, whatever it printed; None if it went as the transcript says."""
    said = example.expectation
    so_far = ran.output[-2000:].decode("utf-8", "replace").rstrip()
    printed = f"\nIt printed:\n{so_far}" if so_far else "\nIt printed nothing."
    if ran.flooded:
        return f"printed more than {LIMIT:,} bytes and was stopped"
    if ran.status is None and said.hangs is None:
        return f"still running after {said.timeout:g} s; it was stopped, with all it had started.{printed}"
    if ran.status is not None and said.hangs is not None:
        return f"ended after {ran.seconds:.1f} s with status {ran.status}, but the page says that it hangs.{printed}"
    if ran.method != (leg.asked or "default"):
        return f"the harness's start-up file was not loaded ({ran.method or 'never'}), so the start method is unknown.{printed}"
    if not ran.began <= leg.methods:
        began = ", ".join(sorted(ran.began - leg.methods))
        return (
            f"its processes began with {began}, and the page would say {leg.method}. Let the program itself name the method, "
            f'or say for which one the output is: {{start="{began}"}}{printed}'
        )
    if said.hangs is None and ran.status != said.exit:
        hint = (
            f"If that is right, say so: {{exit={ran.status}}}" if ran.status else "If that is right, leave `exit` out."
        )
        return f"ended with {status(ran.status)}, not {status(said.exit)}. {hint}{printed}"
    if ran.left and not said.leaks and said.hangs is None:
        what = "\n".join(f"  {one}" for one in ran.left)
        return f"left behind, {GRACE:g} s after it ended (if on purpose, say so: {{leaks}}):\n{what}"
    if said.leaks and not ran.left:
        return "the page says that it leaks, but it left nothing behind"
    try:
        ran.output.decode("utf-8")
    except UnicodeDecodeError as error:
        around = ran.output[max(0, error.start - 20) : error.start + 20]
        return f"printed bytes that are not UTF-8, at offset {error.start}: {around!r}"
    return None


def status(code: int) -> str:
    return f"exit status {code}" if code >= 0 else f"signal {-code}"


def decode(output: bytes) -> list[str]:
    """The lines of an output in UTF-8, with what Windows writes in its own way as other systems have it.

    It ends lines with CR LF, and a traceback's folders stand between backslashes.
    """
    text = output.decode("utf-8").replace("\r\n", "\n")
    text = re.sub(r'^ *File "[A-Za-z]:\\[^"\n]*"', lambda found: found[0].replace("\\", "/"), text, flags=re.MULTILINE)
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def record(leg: Leg, ran: Run) -> dict:
    """The leg as the report has it; seconds are wall-clock."""
    return facts(leg, "passed") | {"seconds": round(ran.seconds, 3)}


def facts(leg: Leg, outcome: str) -> dict:
    """Where something ran, and what became of it."""
    return {
        "python": leg.interpreter.version,
        "implementation": leg.interpreter.implementation,
        "free_threaded": leg.interpreter.free_threaded,
        "system": leg.interpreter.system,
        "start": leg.start,
        "method": leg.method,
        "default": leg.default,
        "outcome": outcome,
    }


def failure(page: str, line: int, what: str, result: Result) -> str:
    """The message of a failed transcript: where, what, on which legs, and what to do."""
    parts = []
    for problem, failed in result.problems.items():
        parts.append(f"{page}:{line}: `{what}`: {problem.rstrip()}\n\nOn: " + "\n    ".join(map(str, failed)))
    if any(problem.startswith(STALE) and not problem.endswith(DIFFER) for problem in result.problems):
        parts.append(f"If the new output is right: pytest {page} --update")
    return "\n\n".join(parts)
