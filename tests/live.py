"""Runs the programs of the built site in its pages, and compares with their transcripts by the harness's own rules.

`python -m tests.live [PAGE.md ...]` builds the site and prints a table of all programs: runs, differs, can't (and why).
"""

import argparse
import functools
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from byexample.evidence.proofs import run_digest
from byexample.evidence.report import Case, RecordedLeg
from byexample.evidence.schema import IN_PAGE
from byexample.pages.digest import example_digest
from byexample.pages.examples import Transcript
from byexample.pages.files import pages
from byexample.pages.places import Place
from byexample.pages.reader import read
from byexample.run_buttons import buttons, pyodide
from playwright.sync_api import Page, sync_playwright

from .harness import compare
from .harness.evaluate import decode
from .site.conftest import CHROMIUM, FLAGS, ROOT, build, served

SECONDS = 240  # that a program may take, on a machine with other work

SCRIPT = (ROOT / "tests/site/in_page.js").read_text("utf-8").replace("\nexport ", "\n")


def in_page(function: str) -> str:
    """This function of in_page.js, as a browser's driver takes it."""
    return f"(argument) => {{\n{SCRIPT}\nreturn {function}(argument);\n}}"


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

    page: str  # create-a-pool.md, with its folder
    program: str
    outcome: str  # runs, differs, can't, or no button (no command runs it)
    why: str = ""
    transcript: Transcript | None = None  # that it was compared with
    seconds: float = 0  # from the click to the end, or until it had printed all that is shown


def run(page: Page, program: str, enough: Callable[["Ran"], bool] = lambda ran: False, seconds: float = SECONDS) -> Ran:
    """Clicks Run below the program, and waits for its end.

    It is stopped when it has printed enough, or when its time is over; it counts as running then.
    """
    page.evaluate(in_page("start"), [program, SECONDS])
    end = time.monotonic() + seconds
    while True:
        ran = ran_so_far(page.evaluate(in_page("look"), program))
        if not ran.running:
            return ran
        if enough(ran) or time.monotonic() > end:
            page.evaluate(in_page("stop"), program)
            return ran
        page.wait_for_timeout(50)


def ran_so_far(got: dict) -> Ran:
    output = "".join(text for *_, text in got["lines"])
    return Ran(output, got["stdout"], got["stderr"], got["status"], got["running"], got["said"])


def difference(transcript: Transcript, ran: Ran) -> str:
    """What is not as the transcript says; empty if all is."""
    said = transcript.attributes
    if ran.running != (said.hangs is not None):
        return (
            f"still running after {SECONDS:g} s:\n{ran.output[-1500:]}"
            if ran.running
            else "ended, but the page says that it hangs"
        )
    if said.hangs is None and ran.status != said.status:
        return f"exit status {ran.status}, not {said.status}:\n{ran.output[-1500:]}"
    if not compare.matches(transcript.output, ran.lines, said.any_order):
        return compare.unified_diff(transcript.output, ran.lines, "transcript", 0, "in the page")
    return ""


def hangs(transcript: Transcript, ran: Ran) -> bool:
    """Whether a program that never ends has printed all that its transcript shows."""
    return transcript.attributes.hangs is not None and compare.matches(
        transcript.output, ran.lines, transcript.attributes.any_order
    )


def verdict(page: Page, document: Path, program: str) -> Verdict:
    """Runs a program of the document, whose page is open, if it has a Run button."""
    make = functools.partial(Verdict, document.relative_to(ROOT / "docs").as_posix(), program)
    bar = page.evaluate(in_page("bar"), program)
    if (reason := bar.get("cannot")) is not None:
        return make("can't", reason)
    if (anchor := bar.get("shows")) is None:
        return make("no button", "no command runs it")
    transcript = example(document, anchor)
    begun = time.monotonic()
    ran = run(page, program, functools.partial(hangs, transcript))
    seconds = time.monotonic() - begun
    wrong = difference(transcript, ran)
    return make("differs" if wrong else "runs", wrong, transcript, seconds)


def example(document: Path, anchor: str) -> Transcript:
    """The transcript of this anchor."""
    found = read(document, ROOT).anchors[anchor]
    assert isinstance(found, Transcript)  # a button shows no inline block
    return found


def open_page(page: Page, address: str, document: Path) -> None:
    path = document.relative_to(ROOT / "docs").as_posix().removesuffix(".md").removesuffix("index")
    page.goto(address + (path if path.endswith("/") or not path else path + "/"))


def verdicts(page: Page, address: str, document: Path) -> Iterator[Verdict]:
    """Runs all programs of a document in its page."""
    open_page(page, address, document)
    for program in read(document, ROOT).programs:
        yield verdict(page, document, program.title)


def proof(found: Verdict, browser: str, layer: str) -> list[tuple[str, str]]:
    """A report's properties for a program that ran.

    `browser` is its name and version, `layer` what pyodide.layer says of the site's own files.
    """
    page = read(ROOT / "docs" / found.page, ROOT)
    implementation = f"{buttons.PLACE.implementation} (Pyodide {pyodide.version(ROOT)})"
    leg = RecordedLeg(
        Place(implementation, buttons.PLACE.python, browser),
        IN_PAGE,
        buttons.METHOD,
        default=True,  # it is the only one
        outcome="passed" if found.outcome == "runs" else "failed",
        seconds=round(found.seconds, 3),
        problem=found.why or None,
    )
    digest = run_digest(example_digest(page, found.transcript), layer)
    return Case(page.name, None, digest, [leg]).to_properties()


def documents(names: Iterable[str] = ()) -> list[Path]:
    """The Markdown pages that show programs."""
    chosen = [Path(name).resolve() for name in names] or [path for path in pages(ROOT) if path.suffix == ".md"]
    return [path for path in chosen if read(path, ROOT).programs]


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
                for one in verdicts(page, address, document):
                    counts[one.outcome] = counts.get(one.outcome, 0) + 1
                    why = (
                        f"{one.seconds:.2f} s"
                        if one.outcome == "runs"
                        else one.why.split("\n")[0]
                        if one.outcome != "differs"
                        else ""
                    )
                    print(f"{one.page:<44} {one.program:<36} {one.outcome:<9} {why}".rstrip(), flush=True)
                    if one.outcome == "differs" and not options.brief:
                        print("    " + one.why.replace("\n", "\n    "), flush=True)
            browser.close()
        print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 1 if counts.get("differs") else 0


if __name__ == "__main__":
    sys.exit(main())
