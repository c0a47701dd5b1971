"""Runs examples again and again with all cores kept busy, and prints failures by example and leg.

    python -m tests.stress --seconds 600 [--python PATH ...] [PAGE ...]

Each program of docs/answers runs 100 times with each start method, each other one 10 times; round by round, so
that a budget that ends early has seen every leg. What it did not reach is said. Exit status 1 if anything failed,
or if nothing ran.
"""

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from byexample.pages.examples import Page, Transcript
from byexample.pages.fences import PageError
from byexample.pages.files import pages
from byexample.pages.reader import read

from . import ROOT
from .harness.evaluate import Result, evaluate_legs
from .harness.legs import InterpreterError, Leg, interpreter, legs

# More at a time than there are cores: each run is then interrupted by others at any point.
AT_A_TIME = 2 * (os.cpu_count() or 1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.stress", description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, required=True, help="the time budget")
    parser.add_argument("--python", action="append", metavar="PATH", help="as for pytest; may be given often")
    parser.add_argument(
        "pages", nargs="*", type=Path, metavar="PAGE", help="pages to take examples from (default: all)"
    )
    arguments = parser.parse_args()
    try:
        interpreters = [interpreter(path) for path in arguments.python or [sys.executable]]
    except InterpreterError as error:
        parser.error(str(error))
    if missing := [str(page) for page in arguments.pages if not page.is_file()]:
        parser.error(f"no such page: {', '.join(missing)}")
    try:
        jobs = planned([page.resolve() for page in arguments.pages] or pages(ROOT), interpreters)
    except PageError as error:
        parser.error(error.message)
    return report(*stress(jobs, time.monotonic() + arguments.seconds))


def planned(paths: list[Path], interpreters) -> list[tuple[str, Page, Transcript, Leg, int]]:
    """Every example and leg, with its page and line, and how often it is to run. PageError for what cannot run."""
    jobs = []
    for path in paths:
        page = read(path, ROOT)
        if page.refused:
            raise PageError(page.refused[0].line, page.problems[0])
        for example in page.transcripts:
            if example.attributes.skip is None:
                repeats = 100 if page.name.startswith("docs/answers/") else 10
                mine, _ = legs(interpreters, page.source_of(example), example.attributes)
                name = f"{page.name}:{example.fence.line} {example.command.text}"
                jobs += [(name, page, example, leg, repeats) for leg in mine]
    return jobs


def stress(jobs, end: float) -> tuple[dict, Counter, Counter, dict]:
    """Runs the jobs until the end (monotonic seconds).

    Returns how many runs were planned, were done and failed, and one problem for each failure.
    """
    wanted = {(name, str(leg)): repeats for name, _, _, leg, repeats in jobs}
    ran: Counter = Counter()
    failed: Counter = Counter()
    problems: dict[tuple[str, str], str] = {}
    rounds = (job for turn in range(max(wanted.values(), default=0)) for job in jobs if turn < job[4])
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        pending: dict[Future, tuple[str, str]] = {}
        while time.monotonic() < end or pending:
            while len(pending) < AT_A_TIME and time.monotonic() < end and (job := next(rounds, None)):
                name, page, example, leg, _ = job
                pending[pool.submit(evaluate_legs, page, example, [leg], False)] = name, str(leg)
            if not pending:
                break
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                key = pending.pop(future)
                result: Result = future.result()
                ran[key] += 1
                if result.problems:
                    failed[key] += 1
                    problems[key] = next(iter(result.problems))
    return wanted, ran, failed, problems


def report(wanted: dict, ran: Counter, failed: Counter, problems: dict) -> int:
    for name in dict.fromkeys(name for name, _ in wanted):
        mine = [key for key in wanted if key[0] == name]
        runs, bad, short = (
            sum(ran[k] for k in mine),
            sum(failed[k] for k in mine),
            sum(ran[k] < wanted[k] for k in mine),
        )
        print(
            f"{bad:4} failed of {runs:6} runs on {len(mine):3} legs  {name}"
            + (f"  ({short} legs short)" if short else "")
        )
        for key in mine:
            if failed[key]:
                print(f"       {failed[key]} of {ran[key]} on {key[1]}\n{problems[key]}\n")
    short = {key: wanted[key] - ran[key] for key in wanted if ran[key] < wanted[key]}
    print(f"\n{sum(failed.values())} failed of {sum(ran.values())} runs, {len(wanted)} legs, {AT_A_TIME} at a time")
    if short:
        least = min(ran[key] for key in short)
        print(f"not reached: {sum(short.values())} runs on {len(short)} legs; each of these ran at least {least} times")
    return 1 if failed or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
