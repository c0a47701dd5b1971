"""Runs one command in an empty working folder, stops it in time, and sees what it leaves behind."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

STARTUP = Path(__file__).parent / "startup" / "sitecustomize.py"
LIMIT = 10_000_000  # bytes of output
PATIENCE = 30.0  # seconds that a program may need, on a busy machine, to print what a page shows of it before it hangs
GRACE = 3.0  # seconds in which helpers (resource tracker, forkserver) may end after the program


@dataclass(frozen=True)
class Run:
    """What a command did. `status` is as in subprocess, or None if it was stopped at its deadline."""

    output: bytes  # stdout and stderr as one stream, until it ended or was stopped; cut at LIMIT
    status: int | None
    seconds: float
    flooded: bool  # it printed more than LIMIT
    left: tuple[str, ...]  # processes and segments that outlived it by GRACE, in words
    method: str | None  # the start method that the start-up file set, None if it was never loaded
    began: frozenset[str]  # the start methods with which its processes really began
    pids: tuple[int, ...]
    folder: str


def run(
    python: str,
    arguments: Sequence[str],
    files: Mapping[str, str],
    stdin: str | None,
    method: str | None,
    deadline: float,
    packages: Sequence[str] = (),
    complete: Callable[[bytes], bool] = lambda output: True,
) -> Run:
    """Runs `python arguments` in a folder that holds just these files; deadline in seconds; packages are folders.

    A program that is still running at its deadline goes on, for PATIENCE at the most, until its output is `complete`.
    """
    # Short, and not pytest's own: a Unix socket's path may have some 100 bytes.
    with tempfile.TemporaryDirectory(prefix="mpx-", ignore_cleanup_errors=True) as home:
        # The temporary folder may be a link (macOS) or a short name (Windows); a program sees where it really is.
        place = Path(home).resolve()
        work, startup, log, temporary = place / "work", place / "startup", place / "log", place / "tmp"
        for folder in (work, startup, temporary):
            folder.mkdir()
        log.touch()
        shutil.copy(STARTUP, startup)
        for name, source in files.items():
            target = work / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source, "utf-8")
        environment = clean(os.environ) | {
            "PYTHONPATH": os.pathsep.join([str(startup), *packages]),
            **commands_and_libraries(packages),
            "EXAMPLE_LOG": str(log),
            # What a program that is killed leaves there goes with it.
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
        }
        if method:
            environment["EXAMPLE_START_METHOD"] = method
        standard_input = subprocess.DEVNULL if stdin is None else subprocess.PIPE
        started = time.monotonic()
        born = time.time()
        # psutil's, since its wait() with a deadline is woken by the end of the program; subprocess looks every 50 ms.
        program = psutil.Popen(
            [python, *arguments],
            cwd=work,
            env=environment,
            stdin=standard_input,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        reader = Reader(program)
        family = Family(str(log), born, program)
        try:
            if stdin is not None:
                feed(program, stdin)
            status = wait(program, deadline)
            # What is printed while it is being stopped is our doing: helpers may complain when their parent is killed.
            until = len(reader.output)
            while status is None and time.monotonic() < started + PATIENCE:
                so_far = bytes(reader.output)
                if complete(so_far):
                    until = len(so_far)
                    break
                status = wait(program, 0.2)
            seconds = time.monotonic() - started
            if status is None or reader.flooded:
                family.stop()
            reader.join(GRACE)
            left = family.wait(GRACE) + (["something that still holds its output open"] if reader.is_alive() else [])
        finally:
            family.stop()
            reader.join(GRACE)
            if not reader.is_alive():
                program.stdout.close()
        notes = [line.split(" ", 2) for line in log.read_text("utf-8").splitlines()]
        left += segments(words[1] for words in notes if words[0] == "segment")
        return Run(
            output=bytes(reader.output if status is not None else reader.output[:until]),
            status=status,
            seconds=seconds,
            flooded=reader.flooded,
            left=tuple(left),
            method=next((words[2] for words in notes if words[0] == "start"), None),
            began=frozenset(words[1] for words in notes if words[0] == "began"),
            pids=tuple(int(words[1]) for words in notes if words[0] in ("start", "fork")),
            folder=str(work),
        )


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of a run: none of the harness's own Python settings, no colours, UTF-8."""
    kept = {key: value for key, value in environment.items() if not key.upper().startswith(("PYTHON", "PYTEST", "COV"))}
    for colour in ("FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
        kept.pop(colour, None)
    return kept | {"NO_COLOR": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}


def commands_and_libraries(packages: Sequence[str]) -> dict[str, str]:
    """What else a folder of packages brings, as in the environment that `uv run` makes: bin, first on PATH, and lib."""
    variables = {}
    for name, inside in (("PATH", "bin"), ("LD_LIBRARY_PATH", "lib")):
        folders = [str(Path(folder, inside)) for folder in packages if Path(folder, inside).is_dir()]
        if folders:
            variables[name] = os.pathsep.join([*folders, *filter(None, [os.environ.get(name)])])
    return variables


def feed(program: psutil.Popen, text: str) -> None:
    """Gives the program its standard input; it may end before it has read all of it."""
    try:
        program.stdin.write(text.encode())
        program.stdin.close()
    except OSError:
        pass  # what the program printed then tells why


def wait(program: psutil.Popen, deadline: float) -> int | None:
    """The exit status, or None when the deadline has passed."""
    try:
        return program.wait(deadline)
    except psutil.TimeoutExpired:
        return None


class Reader(threading.Thread):
    """Collects a program's output to its end; ends a program that floods it."""

    def __init__(self, program: psutil.Popen) -> None:
        super().__init__(daemon=True)
        self.program = program
        self.output = bytearray()
        self.flooded = False
        self.start()

    def run(self) -> None:
        while chunk := self.program.stdout.read1(65536):
            if len(self.output) < LIMIT:
                self.output += chunk
            elif not self.flooded:
                self.flooded = True
                self.program.kill()


class Family:
    """A program and all that descends from it, found by a mark in their environment.

    Orphans get another parent, so a walk down the tree alone would miss them; a descendant that was given
    another environment is found by the walk as long as its parent lives.
    """

    def __init__(self, mark: str, born: float, program: psutil.Process) -> None:
        self.mark = mark
        self.since = born - 2  # clocks of processes are coarse
        self.program = program

    def members(self) -> list[psutil.Process]:
        by_pid = {}
        for process in psutil.process_iter():
            try:
                if process.create_time() >= self.since and process.environ().get("EXAMPLE_LOG") == self.mark:
                    by_pid[process.pid] = process
            except psutil.Error:
                continue  # gone, a zombie, or somebody else's
        with contextlib.suppress(psutil.NoSuchProcess):  # the program has ended
            by_pid |= {process.pid: process for process in self.program.children(recursive=True)}
        return list(by_pid.values())

    def wait(self, seconds: float) -> list[str]:
        """Waits until all have ended; those that have not after that many seconds, in words."""
        end = time.monotonic() + seconds
        while alive := self.members():
            remaining = end - time.monotonic()
            if remaining <= 0:
                return [describe(process) for process in alive]
            psutil.wait_procs(alive, timeout=remaining)
        return []

    def stop(self) -> None:
        """Kills all members, and those that they started meanwhile."""
        while members := self.members():
            for process in members:
                with contextlib.suppress(psutil.Error):  # it was faster, or is ending
                    process.kill()
            psutil.wait_procs(members, timeout=GRACE)


def describe(process: psutil.Process) -> str:
    try:
        command = " ".join(process.cmdline())
    except psutil.Error:
        command = "?"
    return f"process {process.pid}: {command[:100]}"


def segments(names: Iterable[str]) -> list[str]:
    """The shared-memory segments of these names that still exist, in words; they are removed."""
    left = []
    for name in sorted(set(names)):
        if os.path.exists(name):
            os.unlink(name)
            left.append(f"shared-memory segment {os.path.basename(name)}")
    return left
