"""Evaluates a transcript: runs its legs, compares, and says what is wrong in the page's own terms."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from byexample.evidence.report import RecordedLeg
from byexample.pages.examples import Page, Transcript

from . import compare
from .legs import Interpreter, Leg, legs
from .packages import PackageError, folder
from .run import GRACE, LIMIT, Run, run

STALE = "not what it printed"
DIFFER = "The legs differ: split the transcript with start=, python=, system= or gil=, or elide with `...`."


@dataclass
class Result:
    """What became of a transcript."""

    problems: dict[str, list[Leg]] = field(default_factory=dict)  # problem in words → legs that have it
    passed: list[RecordedLeg] = field(default_factory=list)
    failed: list[RecordedLeg] = field(default_factory=list)
    wanted: list[str] | None = None  # the lines it should show, if stale and `--update` may write them
    not_applicable: list[Leg] = field(default_factory=list)

    def fail(self, leg: Leg, problem: str, seconds: float | None = None) -> None:
        self.problems.setdefault(problem, []).append(leg)
        self.failed.append(leg.recorded(problem, seconds))

    @property
    def recorded(self) -> list[RecordedLeg]:
        """All legs that ran."""
        return [*self.passed, *self.failed]


@dataclass
class Output:
    """A leg that ran as the transcript says; what it printed is still to be compared."""

    leg: Leg
    ran: Run
    lines: list[str]

    def elided(self, figures: bool) -> list[str]:
        """The lines, without what differs from run to run."""
        return [
            compare.elide(
                line,
                figures=figures,
                folder=self.ran.folder,
                library=self.leg.interpreter.folders,
                pids=self.ran.pids,
            )
            for line in self.lines
        ]


def evaluate(page: Page, example: Transcript, interpreters: Sequence[Interpreter], update: bool) -> Result:
    """Runs the transcript's command on every leg it speaks for."""
    mine, others = legs(interpreters, page.source_of(example), example.attributes)
    result = evaluate_legs(page, example, mine, update)
    result.not_applicable = others
    return result


def evaluate_legs(page: Page, example: Transcript, mine: Sequence[Leg], update: bool) -> Result:
    """Runs the transcript's command on these legs."""
    result = Result()
    outputs: list[Output] = []
    for leg, ran in zip(mine, run_legs(page, example, mine, patient=not update), strict=True):
        if isinstance(ran, PackageError):
            result.fail(leg, str(ran))
        elif problem := run_failure(example, leg, ran):
            result.fail(leg, problem, round(ran.seconds, 3))
        else:
            outputs.append(Output(leg, ran, decode(ran.output)))
    compare_outputs(page, example, outputs, result, update)
    return result


def compare_outputs(page: Page, example: Transcript, outputs: list[Output], result: Result, update: bool) -> None:
    """Passes the legs whose output the transcript shows, and fails the others with a diff.

    With `update` those pass too for which there are lines that fit all.
    """
    any_order, measured = example.attributes.any_order, example.attributes.measured
    shown = list(example.output)
    stale = [output for output in outputs if not compare.matches(shown, output.lines, any_order)]
    wanted = shown
    for output in stale:
        if not compare.matches(wanted, output.lines, any_order):
            wanted = compare.merge(wanted, output.elided(measured), any_order)
    fits_all = all(compare.matches(wanted, output.lines, any_order) for output in outputs)
    if update and stale and fits_all:
        result.wanted = wanted
        stale = []
    for output in outputs:
        leg, seconds = output.leg, round(output.ran.seconds, 3)
        if output in stale:
            result.fail(leg, difference(page, example, output) + ("" if fits_all else f"\n{DIFFER}"), seconds)
        else:
            recorded = leg.recorded(seconds=seconds)
            result.passed.append(replace(recorded, output="\n".join(output.lines)) if measured else recorded)


def difference(page: Page, example: Transcript, output: Output) -> str:
    """What the transcript would have to show instead, as a diff with the page's own line numbers."""
    any_order, shown = example.attributes.any_order, list(example.output)
    new = compare.merge(shown, output.elided(example.attributes.measured), any_order)
    command = "$ " + example.command.text
    diff = compare.unified_diff([command, *shown], [command, *new], page.name, example.fence.line, "what it printed")
    order = " (in any order)" if any_order else ""
    return f"{STALE}{order}\n\n{diff}"


def run_legs(page: Page, example: Transcript, mine: Sequence[Leg], patient: bool) -> list[Run | PackageError]:
    """One leg after the other; what hangs needs no core, so several of those at a time.

    Patient: a program that hangs is given more time if it has not printed yet what the page shows.
    """
    hangs = example.attributes.hangs is not None
    complete = shows(example) if hangs and patient else anything

    def attempt(leg: Leg) -> Run | PackageError:
        try:
            return run_leg(page, example, leg, complete)
        except PackageError as error:
            return error

    if not hangs:
        return [attempt(leg) for leg in mine]
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(attempt, mine))


def anything(output: bytes) -> bool:
    return True


def shows(example: Transcript) -> Callable[[bytes], bool]:
    """Says whether an output is what the page shows."""

    def complete(output: bytes) -> bool:
        try:
            return compare.matches(example.output, decode(output), example.attributes.any_order)
        except UnicodeDecodeError:
            return False  # a character that has not come as a whole, or that is none

    return complete


def run_leg(page: Page, example: Transcript, leg: Leg, complete: Callable[[bytes], bool]) -> Run:
    files = {program.title: program.source.text for program in page.programs}
    command = example.command
    stdin = files[command.program] if command.stdin and command.program else None
    needed = page.source_of(example).requirements
    packages = [folder(leg.interpreter, needed)] if needed else []
    deadline = example.attributes.deadline
    return run(leg.interpreter.path, command.arguments, files, stdin, leg.asked, deadline, packages, complete)


def run_failure(example: Transcript, leg: Leg, ran: Run) -> str | None:
    """What went wrong with the run itself, whatever it printed; None if it went as the transcript says."""
    attributes = example.attributes
    so_far = ran.output[-2000:].decode("utf-8", "replace").rstrip()
    printed = f"\nIt printed:\n{so_far}" if so_far else "\nIt printed nothing."
    if ran.flooded:
        return f"printed more than {LIMIT:,} bytes and was stopped"
    if ran.status is None and attributes.hangs is None:
        return f"still running after {attributes.deadline:g} s; it was stopped, with all it had started.{printed}"
    if ran.status is not None and attributes.hangs is not None:
        return f"ended after {ran.seconds:.1f} s with status {ran.status}, but the page says that it hangs.{printed}"
    if ran.method != (leg.asked or "default"):
        loaded = ran.method or "never"
        return f"the harness's start-up file was not loaded ({loaded}), so the start method is unknown.{printed}"
    if not ran.began <= leg.methods:
        began = ", ".join(sorted(ran.began - leg.methods))
        return (
            f"its processes began with {began}, and the page would say {leg.method}. Let the program itself name the "
            f'method, or say for which one the output is: {{start="{began}"}}{printed}'
        )
    if ran.status is not None and ran.status != attributes.status:
        leave, say = "If that is right, leave `exit` out.", f"If that is right, say so: {{exit={ran.status}}}"
        hint = say if ran.status else leave
        return f"ended with {status(ran.status)}, not {status(attributes.status)}. {hint}{printed}"
    if ran.left and not attributes.leaks and attributes.hangs is None:
        what = "\n".join(f"  {each}" for each in ran.left)
        return f"left behind, {GRACE:g} s after it ended (if on purpose, say so: {{leaks}}):\n{what}"
    if attributes.leaks and not ran.left:
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


def failure(page: Page, example: Transcript, result: Result) -> str:
    """The message of a failed transcript: where, what, on which legs, and what to do."""
    where = f"{page.name}:{example.fence.line}: `{example.command.text}`"
    parts = []
    for problem, failed in result.problems.items():
        parts.append(f"{where}: {problem.rstrip()}\n\nOn: " + "\n    ".join(map(str, failed)))
    if any(problem.startswith(STALE) and not problem.endswith(DIFFER) for problem in result.problems):
        parts.append(f"If the new output is right: pytest {page.name} --update")
    return "\n\n".join(parts)
