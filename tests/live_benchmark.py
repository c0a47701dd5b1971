"""Prints what a Run in the page costs, beside CPython's own spawn, measured in the same run.

    python -m tests.live_benchmark [--python PATH]

Times are medians, spread in brackets; they hold for this machine, and for a browser and a server on it. Nothing here
asserts a time.
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import psutil
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from .benchmark import chromium, heading, row, served, spread
from .harness.run import clean
from .live import in_page
from .site.conftest import FLAGS, ROOT, build, copy_to, without_notebooks

PAGE = "answers/create-a-process/"
PROGRAM = "hello_process.py"  # of that page; its text is replaced where another one is measured
SHOWN = (ROOT / "snippets/answers" / PROGRAM).read_text("utf-8")
PRINTS = "print('hello')\n"
ENDLESS = "print('begun', flush=True)\nwhile True: pass\n"
SLEEPERS = """
import multiprocessing, time

if __name__ == "__main__":
    for _ in range({children}):
        multiprocessing.Process(target=time.sleep, args=(1000,), daemon=True).start()
    print("all started", flush=True)
    time.sleep(1000)
"""
COMPUTES = """
import multiprocessing, time

def meet(barrier):
    barrier.wait()

def work(size):
    total = 0
    for number in range(size):
        total += number * number
    return total

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn", force=True)
    barrier = multiprocessing.Barrier(3)
    with multiprocessing.Pool(2, meet, (barrier,)) as pool:
        barrier.wait()  # both workers run
        times = [time.perf_counter()]
        alone = [work(2_000_000) for _ in range(4)]
        times.append(time.perf_counter())
        assert pool.map(work, [2_000_000] * 4, chunksize=1) == alone
        times.append(time.perf_counter())
    print(times[1] - times[0], times[2] - times[1])
"""

# Puts a program's text into the page, as it would stand there.
PUT = """([name, source]) => {
    window.figure = [...document.querySelectorAll(".example")].find(
        (one) => one.querySelector(".file")?.textContent === name,
    );
    window.button = figure.querySelector(".run");
    figure.querySelector(".highlight code").textContent = source;
}"""
# Clicks, and waits until something that the program printed is in the document; ms.
FIRST_OUTPUT = """() => new Promise((resolve) => {
    figure.querySelector(".live code")?.replaceChildren();
    const begun = performance.now();
    const seen = new MutationObserver(() => {
        if (!figure.querySelector(".live .out")) return;
        seen.disconnect();
        resolve(performance.now() - begun);
    });
    seen.observe(figure, { childList: true, subtree: true });
    button.click();
})"""
ENDED = '() => !button.classList.contains("running")'
LIVE = in_page("boots")
STOPPED = """() => new Promise((resolve) => {
    const begun = performance.now();
    const status = figure.querySelector(".live-status");
    const seen = new MutationObserver(() => {
        if (!status.textContent.startsWith("Stopped")) return;
        seen.disconnect();
        resolve(performance.now() - begun);
    });
    seen.observe(status, { childList: true });
    button.click();
})"""
RESULT = f"async () => {{ await ({LIVE})(); return live.resultOf(figure).stdout; }}"
IMAGE_KEPT = """async () => {
    while (!(await (await caches.open("python-image")).keys()).length)
        await new Promise((resolve) => setTimeout(resolve, 20));
}"""


# -- visitors -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def profile() -> Iterator[Path]:
    """A browser's profile that nobody has used."""
    with tempfile.TemporaryDirectory(prefix="profile-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextlib.contextmanager
def visitor(playwright: Playwright, folder: Path) -> Iterator[BrowserContext]:
    """A browser that is started with this profile."""
    context = playwright.chromium.launch_persistent_context(str(folder), executable_path=chromium(), args=FLAGS)
    try:
        yield context
    finally:
        context.close()


def opened(context: BrowserContext, address: str, source: str) -> Page:
    """The page, at rest, with this source in the place of its program."""
    page = context.new_page()
    page.goto(address + PAGE, wait_until="networkidle")
    put(page, source)
    return page


def put(page: Page, source: str) -> None:
    page.evaluate(PUT, [PROGRAM, source])


def click(page: Page) -> float:
    """Seconds until something is printed."""
    return page.evaluate(FIRST_OUTPUT) / 1000


def ended(page: Page) -> None:
    page.wait_for_function(ENDED, timeout=240_000)


# -- what is measured ------------------------------------------------------------------------------------------------


def first_output(playwright: Playwright, server, python: str, rounds: int) -> None:
    heading("Click to first output (budget: first visit 6 s, second visit 1.5 s, warm 0.15 s)")
    programs = {"print()": PRINTS, f"{PROGRAM}: a child prints": SHOWN}
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    boots, loads, wire = [], defaultdict(list), defaultdict(list)
    for _ in range(rounds):
        for name, source in programs.items():
            times[name, "native"].append(native(python, source))
            with profile() as folder:
                for visit in ("first", "second"):
                    with visitor(playwright, folder) as context:
                        page = opened(context, server.address, source)
                        server.sent.clear()
                        times[name, visit].append(click(page))
                        ended(page)
                        facts = page.evaluate(LIVE)
                        boots += [(visit, one) for one in facts["boots"]]
                        for stage, ms in facts["loads"].items():
                            loads[visit, stage].append(ms)
                        wire[visit].append(sum(size for _, size in server.sent))
                        page.evaluate(IMAGE_KEPT)
                        if visit == "second":
                            times[name, "warm"] += warm(page)
    row("", "first visit", "second visit", "warm", "native spawn")
    for name in programs:
        row(name, *(spread(times[name, kind], "s") for kind in ("first", "second", "warm", "native")))
    for visit, sizes in wire.items():
        row(f"bytes on the wire, {visit} visit (budget: 6.5 MB)", f"{max(sizes) / 1e6:.2f} MB")
    loaded(loads)
    booted(boots)


def warm(page: Page) -> list[float]:
    """Seconds to the first output of three more runs of a page that has run its program."""
    times = []
    for _ in range(3):
        page.evaluate(LIVE)  # until the next worker is ready, as after a moment of reading
        times.append(click(page))
        ended(page)
    return times


def loaded(loads: dict[tuple[str, str], list[float]]) -> None:
    """Prints what Run loads: ms of each (visit, stage)."""
    heading("What Run loads, ms from the click's first request")
    stages = list(dict.fromkeys(stage for _, stage in loads))
    row("", *stages)
    for visit in ("first", "second"):
        row(f"{visit} visit", *(f"{statistics.median(loads[visit, stage]):.0f}" for stage in stages))


def booted(boots: list[tuple[str, dict]]) -> None:
    """Prints what each stage of a worker's boot costs: ms by stage, for each (visit, boot)."""
    heading("What each stage of a worker's boot costs, ms")
    for kind, mine in {
        "without an image": [one for _, one in boots if not one["fromSnapshot"]],
        "with the image made before": [one for visit, one in boots if one["fromSnapshot"] and visit == "first"],
        "with the image kept, second visit": [one for visit, one in boots if one["fromSnapshot"] and visit == "second"],
    }.items():
        stages = [stage for stage in dict.fromkeys(stage for one in mine for stage in one) if stage != "fromSnapshot"]
        row(
            kind,
            ", ".join(
                f"{stage} {statistics.median([one[stage] for one in mine if stage in one]):.0f}" for stage in stages
            ),
        )


def native(python: str, source: str) -> float:
    """Seconds from starting Python to the first output, with the start method spawn."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "program.py").write_text(source, "utf-8")
        startup = Path(folder, "startup")
        startup.mkdir()
        startup.joinpath("sitecustomize.py").write_bytes((ROOT / "tests/harness/startup/sitecustomize.py").read_bytes())
        environment = clean(os.environ) | {"PYTHONPATH": str(startup), "EXAMPLE_START_METHOD": "spawn"}
        begun = time.perf_counter()
        with subprocess.Popen(
            [python, "-u", "program.py"], cwd=folder, env=environment, stdout=subprocess.PIPE
        ) as process:
            process.stdout.read(1)
            seconds = time.perf_counter() - begun
            process.stdout.read()
    return seconds


def computing(playwright: Playwright, server, python: str, rounds: int) -> None:
    heading("A CPU-bound program: alone, and in two workers (budget: 0.9 of native's speed-up)")
    measured: dict[str, list[tuple[float, float]]] = {"in the page": [], "native spawn": []}
    with profile() as folder, visitor(playwright, folder) as context, tempfile.TemporaryDirectory() as work:
        page = opened(context, server.address, COMPUTES)
        Path(work, "program.py").write_text(COMPUTES, "utf-8")
        for _ in range(rounds):
            click(page)
            ended(page)
            measured["in the page"].append(pair(page.evaluate(RESULT)))
            done = subprocess.run(
                [python, "program.py"], cwd=work, env=clean(os.environ), capture_output=True, text=True, check=True
            )
            measured["native spawn"].append(pair(done.stdout))
    row("", "alone", "two workers", "speed-up")
    for name, times in measured.items():
        alone, both = zip(*times, strict=True)
        row(name, spread(list(alone), "s"), spread(list(both), "s"), spread([one / two for one, two in times], "x"))
    ratio = {name: statistics.median([one / two for one, two in times]) for name, times in measured.items()}
    row("the page's speed-up over native's", f"{ratio['in the page'] / ratio['native spawn']:.2f}")


def pair(output: str) -> tuple[float, float]:
    alone, both = map(float, output.split())
    return alone, both


def memory(playwright: Playwright, server) -> None:
    heading(
        "Memory of all of the browser's processes, shared pages counted once (PSS), MB; "
        "one spare worker is kept beside those that run"
    )
    with profile() as folder, visitor(playwright, folder) as context:
        page = opened(context, server.address, PRINTS)
        alone = memory_of(folder)
        row("the page, nothing run", f"{alone:.0f}")
        for children in (0, 3):
            put(page, SLEEPERS.format(children=children))
            click(page)
            page.evaluate(LIVE)
            page.wait_for_timeout(1000)  # what boots needs more than what has booted
            used = memory_of(folder)
            row(f"a program of {1 + children} process{'es' if children else ''}", f"{used:.0f}", f"+{used - alone:.0f}")
            page.evaluate("button.click()")
            ended(page)


def memory_of(folder: Path) -> float:
    """MB of the browser with this profile and all that it started."""
    flag = f"--user-data-dir={folder}"
    found = set()
    for process in psutil.process_iter(["cmdline"]):
        if flag in (process.info["cmdline"] or []):
            found |= {process, *process.children(recursive=True)}
    total = 0
    for process in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            told = process.memory_full_info()
            total += getattr(told, "pss", 0) or told.rss
    return total / 1e6


def stopping(playwright: Playwright, server, rounds: int) -> None:
    heading(
        "Stop of an endless loop (budget: 0.05 s; "
        "Chromium lets a worker that computes go on for 2 s, unheard, before it ends it)"
    )
    told, times = [], []
    with profile() as folder, visitor(playwright, folder) as context:
        page = opened(context, server.address, ENDLESS)
        for _ in range(max(rounds, 3)):
            click(page)
            page.evaluate(LIVE)
            gone: list[float] = []
            for worker in page.workers:
                # Bound here: a worker of this round that closes late must not count in the next one.
                worker.once("close", lambda _, gone=gone: gone.append(time.perf_counter()))
            begun = time.perf_counter()
            told.append(page.evaluate(STOPPED) / 1000)
            while not gone:
                page.wait_for_timeout(1)
            times.append(gone[0] - begun)
            ended(page)
    row("until the page says so, and nothing is heard of it", spread(told, "s"))
    row("until the browser says that its worker is gone", spread(times, "s"))


def at_rest(playwright: Playwright, sites: dict[str, Path]) -> None:
    heading("A page that nobody runs: KB, requests (budget: 10 KB more with Run buttons)")
    for name, site in sites.items():
        with served(site) as server, profile() as folder, visitor(playwright, folder) as context:
            opened(context, server.address, PRINTS) if name == "with Run buttons" else context.new_page().goto(
                server.address + PAGE, wait_until="networkidle"
            )
            scripts = sum(size for path, size in server.sent if path.split("?")[0].endswith((".js", ".mjs")))
            row(
                name,
                f"{sum(size for _, size in server.sent) / 1000:.1f} KB",
                f"{len(server.sent)} requests",
                f"{scripts / 1000:.1f} KB script",
            )


def built(target: Path, **environment: str) -> Path:
    """The site without the notebooks, which have no Run buttons."""
    source = copy_to(target.with_name(f"{target.name}-source"))
    without_notebooks(source)
    if "NPM" in environment:
        shutil.rmtree(source / ".cache")
    done = build(target, root=source, **environment)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return target


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.live_benchmark", description=__doc__.split("\n")[0])
    parser.add_argument(
        "--python", default=sys.executable, metavar="PATH", help="the native Python (default: this one)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured (default: 5)")
    options = parser.parse_args()
    if chromium() is None:
        sys.exit("no Chromium found")
    version = subprocess.run([options.python, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, sync_playwright() as playwright:
        here = Path(folder)
        sites = {
            "with Run buttons": built(here / "with"),
            "without": built(here / "without", NPM=str(here / "no-such-npm")),
        }
        facts = json.loads((sites["with Run buttons"] / "assets/run/python.json").read_text("utf-8"))
        print(
            f"{os.cpu_count()} cores; native: {version}; "
            f"in the page: Python {facts['version']}; {options.rounds} rounds"
        )
        with served(sites["with Run buttons"]) as server:
            first_output(playwright, server, options.python, options.rounds)
            computing(playwright, server, options.python, options.rounds)
            memory(playwright, server)
            stopping(playwright, server, options.rounds)
        at_rest(playwright, sites)


if __name__ == "__main__":
    main()
