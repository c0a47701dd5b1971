"""Measures in repeats, and says in words what the repeats prove."""

import multiprocessing
import os
import platform
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median


def cores():
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS or Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_turn(functions, repeats=7):
    """How long each took, by the clock: {name: [seconds, ...]}.

    They take turns, so that a busy moment is hard on all of them. A
    first round, in which workers start, is not counted. On a slow
    machine, three rounds must do.
    """
    began = time.perf_counter()
    took = {name: [] for name in functions}
    for number in range(repeats + 1):
        if number > 3 and time.perf_counter() - began > 10:
            break
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            took[name].append(time.perf_counter() - start)
    return {name: runs[1:] for name, runs in took.items()}


def alone(function, *arguments):
    """Calls the function in a new process, which has no threads.

    A notebook's own process has some, and must not be forked.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as executor:
        return executor.submit(function, *arguments).result()


def times(ratio):
    """A ratio in words: "1.5 times", "30 times"."""
    return (
        f"{ratio:.1f} times"
        if ratio < 10
        else f"{ratio:,.0f} times"
    )


def compared(one, one_runs, other, other_runs):
    """Which of two took longer, if their ranges are apart."""
    if min(one_runs) > max(other_runs):
        ratio = median(one_runs) / median(other_runs)
        return f"{one} took {times(ratio)} as long as {other}"
    if max(one_runs) < min(other_runs):
        return compared(other, other_runs, one, one_runs)
    return f"the ranges of {one} and {other} overlap"


def facts():
    """CPU, cores, Python, system, day and, if known, commit."""
    today = date.today()
    words = [
        f"Measured on {processor()}",
        f"{cores()} core" + "s" * (cores() != 1),
        f"{platform.python_implementation()} "
        + platform.python_version(),
        {"Darwin": "macOS"}.get(
            platform.system(), platform.system()
        ),
        f"{today.day} {today:%B %Y}",
    ]
    commit = os.environ.get("SITE_COMMIT", "")  # the build sets it
    if commit:
        changes = " with changes" if commit.endswith("+") else ""
        words.append(f"commit {commit.rstrip('+')}{changes}")
    return ", ".join(words) + "."


def processor():
    """The processor's name, as the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    if sys.platform == "darwin":
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.check_output(command, text=True).strip()
    return platform.processor() or platform.machine()
