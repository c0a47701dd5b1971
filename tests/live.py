"""Runs the programs of the built site in its pages, and compares with their transcripts by the harness's own rules.

`python -m tests.live [PAGE.md ...]` builds the site and prints a table of all programs: runs, differs, can't (and why).
"""

import argparse
import contextlib
import functools
import http.server
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from .harness import compare
from .harness.evaluate import decode
from .harness.page import Transcript, read
from .harness.legs import picks
from .site.conftest import CHROMIUM, FLAGS, ROOT, SUB_PATH, Handler, build

PYTHON, SYSTEM, METHOD = "3.14.2", "Linux", "spawn"  # a Run in the page: its transcripts are those for this
SECONDS = 240  # that a program may take, on a machine with other work

FIND = """name => {
    const figure = [...document.querySelectorAll(".example")].find((one) => one.querySelector(".file")?.textContent === name);
    const button = figure.querySelector(".run");
    return { figure, button, status: figure.querySelector(".live-status") };
}"""
START = f"""async (name) => {{
    const {{ figure, button }} = ({FIND})(name);
    window.live = await import(document.querySelector("script[src*='site.js']").src.replace("site.js", "live/run.js"));
    const before = live.resultOf(figure);
    button.click();
    while (live.resultOf(figure) === before) await new Promise((resolve) => setTimeout(resolve, 10));
}}"""
LOOK = f"""async (name) => {{
    const {{ figure, button, status }} = ({FIND})(name);
    return {{ ...live.resultOf(figure), running: button.classList.contains("running"), said: status.textContent }};
}}"""
BAR = f"(name) => ({{ ...({FIND})(name).figure.querySelector('.bar').dataset }})"
STOP = f"async (name) => {{ await live.stop(({FIND})(name).figure); }}"


@dataclass(frozen=True)
class Ran:
    """What a Run in the page gave."""

    output: str  # both streams, as it came
    stdout: str
    stderr: str
    status: int | None
    running: bool  # still, when its time was over
    said: str  # the panel's last status

    @property
    def lines(self) -> list[str]:
        return decode(self.output.encode("utf-8"))


@dataclass(frozen=True)
class Verdict:
    """What became of a program in its page."""

    page: str
    program: str
    outcome: str  # runs, differs, can't, or nothing (no command runs it, or none with this start method and version)
    why: str = ""


def run(page: Page, program: str, enough: Callable[["Ran"], bool] = lambda ran: False, seconds: float = SECONDS) -> Ran:
    """Clicks Run below the program, and waits for its end.

    It is stopped when it has printed enough, or when its time is over; it counts as running then.
    """
    page.evaluate(START, program)
    end = time.monotonic() + seconds
    while True:
        ran = ran_so_far(page.evaluate(LOOK, program))
        if not ran.running:
            return ran
        if enough(ran) or time.monotonic() > end:
            page.evaluate(STOP, program)
            return ran
        page.wait_for_timeout(50)


def ran_so_far(got: dict) -> Ran:
    output = "".join(text for *_, text in got["lines"])
    return Ran(output, got["stdout"], got["stderr"], got["status"], got["running"], got["said"])


def speaks(transcript: Transcript) -> bool:
    """Whether a transcript is for what a Run in the page is."""
    said = transcript.expectation
    source = next((one.source for one in transcript.programs if one.title == transcript.command.program), "")
    picked = picks(source)
    method = METHOD in said.start or bool(picked)
    return said.skip is None and method and said.python.contains(PYTHON) and SYSTEM in said.system


def transcripts(document: Path) -> Iterator[tuple[str, Transcript | None]]:
    """Each program of a page, and the transcript that a Run of it must match."""
    found = read(document, ROOT)
    shown = [one for *_, one in found.examples if isinstance(one, Transcript) and one.command.program]
    for program in found.programs:
        mine = [one for one in shown if one.command.program == program.title]
        yield program.title, next((one for one in mine if speaks(one)), None)


def difference(transcript: Transcript, ran: Ran) -> str:
    """What is not as the transcript says; empty if all is."""
    said = transcript.expectation
    if ran.running != (said.hangs is not None):
        return f"still running after {SECONDS:g} s:\n{ran.output[-1500:]}" if ran.running else "ended, but the page says that it hangs"
    if said.hangs is None and ran.status != said.exit:
        return f"exit status {ran.status}, not {said.exit}:\n{ran.output[-1500:]}"
    if not compare.matches(transcript.expected, ran.lines, said.any_order):
        return compare.unified_diff(transcript.expected, ran.lines, "transcript", 0, "in the page")
    return ""


def hangs(transcript: Transcript, ran: Ran) -> bool:
    """Whether a program that never ends has printed all that its transcript shows."""
    return transcript.expectation.hangs is not None and compare.matches(transcript.expected, ran.lines, transcript.expectation.any_order)


def verdicts(page: Page, address: str, document: Path) -> Iterator[Verdict]:
    """Runs all programs of a document in its page."""
    name = document.relative_to(ROOT / "docs").as_posix()
    path = name.removesuffix(".md").removesuffix("index")
    page.goto(address + (path if path.endswith("/") or not path else path + "/"))
    for program, transcript in transcripts(document):
        bar = page.evaluate(BAR, program)
        if "cannot" in bar:
            yield Verdict(name, program, "can't", bar["cannot"])
        elif "run" not in bar:
            yield Verdict(name, program, "nothing", "no command runs it")
        elif transcript is None:
            yield Verdict(name, program, "nothing", "no transcript for spawn on 3.14")
        else:
            ran = run(page, program, functools.partial(hangs, transcript))
            wrong = difference(transcript, ran)
            yield Verdict(name, program, "differs" if wrong else "runs", wrong)


def documents(names: Iterable[str] = ()) -> list[Path]:
    """The Markdown pages that show programs."""
    chosen = [Path(name).resolve() for name in names] or sorted(path for path in (ROOT / "docs").rglob("*.md") if "/." not in path.as_posix())
    return [path for path in chosen if read(path, ROOT).programs]


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    finally:
        server.shutdown()
        server.server_close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.live", description=__doc__.split("\n")[0])
    parser.add_argument("pages", nargs="*", metavar="PAGE.md", help="the pages whose programs are run (default: all)")
    parser.add_argument("--site", type=Path, help="a folder with the built site, instead of building it")
    parser.add_argument("--brief", action="store_true", help="without the differences")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or Path(folder) / "site"
        if not options.site and (done := build(site)).returncode:
            sys.exit(done.stdout + done.stderr)
        program = next(filter(None, map(shutil.which, CHROMIUM)), None) or sys.exit("no Chromium found")
        counts: dict[str, int] = {}
        with served(site) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            page = browser.new_page()
            for document in documents(options.pages):
                for verdict in verdicts(page, address, document):
                    counts[verdict.outcome] = counts.get(verdict.outcome, 0) + 1
                    why = verdict.why.split("\n")[0] if verdict.outcome != "differs" else ""
                    print(f"{verdict.page:<44} {verdict.program:<36} {verdict.outcome:<8} {why}".rstrip(), flush=True)
                    if verdict.outcome == "differs" and not options.brief:
                        print("    " + verdict.why.replace("\n", "\n    "), flush=True)
            browser.close()
        print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 1 if counts.get("differs") else 0


if __name__ == "__main__":
    sys.exit(main())
