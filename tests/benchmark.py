"""Prints the project's budgets beside plain Material and bare programs, measured in the same run.

    python -m tests.benchmark

Times are medians, spread in brackets; they hold for this machine only. Nothing here asserts a time.
"""

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from byexample.pages.examples import Page, Transcript
from byexample.pages.files import pages
from byexample.pages.reader import read
from byexample.run_buttons import packages
from playwright.sync_api import sync_playwright

from .harness.legs import interpreter, legs
from .harness.run import clean
from .site.conftest import CHROMIUM

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = "lighthouse@13.5.0"
PLAIN = """
site_name: plain
theme:
  name: material
  features: [content.code.copy, navigation.footer]
plugins: [search]
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.snippets: {base_path: [BASE]}
  - toc: {permalink: true}
"""


def main() -> None:
    argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__.split("\n")[0]).parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        here = Path(folder)
        ours, plain = here / "ours", here / "plain"
        build(ROOT, ours)
        plain_source = stock(
            here / "plain-source", [page for page in pages(ROOT) if page.is_relative_to(ROOT / "docs")]
        )
        build(plain_source, plain, strict=False)
        weigh(ours, plain)
        lighthouse(ours, plain)
        build_time(here)
        execution()
        growth(here)


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def row(name: str, *values: object) -> None:
    print(f"  {name:<44}", *(f"{value!s:>18}" for value in values), flush=True)


# -- building ------------------------------------------------------------------------------------------------


def build(source: Path, target: Path, strict: bool = True) -> float:
    """Builds the site; CPU seconds of the build and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", *(["--strict"] if strict else []), "-d", str(target)]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"building {source} failed:\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def stock(target: Path, sources: list[Path]) -> Path:
    """A plain Material site of the same Markdown."""
    (target / "docs").mkdir(parents=True)
    for page in sources:
        copy = target / "docs" / page.relative_to(ROOT / "docs")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, copy)
    (target / "mkdocs.yml").write_text(PLAIN.replace("BASE", str(ROOT)))
    return target


def own(target: Path, sources: list[Path]) -> Path:
    """This project's site with other pages: its set-up without the navigation and the notebooks."""
    shutil.copytree(ROOT / "snippets", target / "snippets")
    shutil.copytree(
        ROOT / "docs",
        target / "docs",
        ignore=lambda folder, names: [
            n
            for n in names
            if n.endswith((".md", ".py")) and not {"theme", "hooks", "assets"} & set(Path(folder).parts)
        ],
    )
    for page in sources:
        copy = target / "docs" / page.relative_to(ROOT / "docs")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, copy)
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
    (target / "mkdocs.yml").write_text(re.sub(r"(?m)^nav:\n(?:[ ].*\n)+", "", configuration), "utf-8")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, target)
    if (installed := packages.folder(ROOT)).exists():
        shutil.copytree(installed, packages.folder(target))
    return target


def build_time(here: Path) -> None:
    heading("Building 10 pages without notebooks, CPU seconds (budget: 1.3 x plain Material)")
    answers = sorted((ROOT / "docs/answers").glob("*.md"))
    sources = {"plain Material": stock(here / "ten-plain", answers), "this project": own(here / "ten-own", answers)}
    for source in sources.values():
        for index in range(10 - len(answers)):
            shutil.copy(source / "docs/answers" / answers[index].name, source / f"docs/answers/copy-{index}.md")
    times = {name: [build(source, here / "out", strict=False) for _ in range(5)] for name, source in sources.items()}
    for name, measured in times.items():
        row(name, spread(measured, "s"))
    row("ratio", f"{statistics.median(times['this project']) / statistics.median(times['plain Material']):.2f}")


def spread(values: list[float], unit: str) -> str:
    return f"{statistics.median(values):.2f} {unit} [{min(values):.2f}-{max(values):.2f}]"


# -- weight and scores ---------------------------------------------------------------------------------------


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Serves compressed, as GitHub Pages does, without compressing while a clock runs; counts what it sends."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path.split("?")[0]))
        body = packed(path / "index.html" if path.is_dir() else path)
        if body is None:
            return self.send_error(404)
        self.server.sent.append((self.path, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)) if path.suffix else "text/html")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@functools.cache
def packed(path: Path) -> bytes | None:
    return gzip.compress(path.read_bytes(), 6) if path.is_file() else None


@contextlib.contextmanager
def served(site: Path) -> Iterator[http.server.ThreadingHTTPServer]:
    for path in (path for path in site.rglob("*") if path.suffix in (".wasm", ".zip", ".mjs", ".js")):
        packed(path)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressed, directory=str(site)))
    server.sent = []
    server.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def weigh(ours: Path, plain: Path) -> None:
    heading("A first visit: gzip KB, requests, requests to other hosts (budget: 85 KB, 8, 0 on every page)")
    program = chromium()
    if program is None:
        print("  not measured: no Chromium found")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, site in {"plain Material": plain, "this project": ours}.items():
            with served(site) as server:
                for page in sorted(site.rglob("index.html")):
                    url = page.parent.relative_to(site).as_posix().removeprefix(".")
                    row(f"{name} /{url}", *visit(browser, server.address, url, site))
        browser.close()


def visit(browser, address: str, url: str, site: Path) -> tuple[str, int, int]:
    context = browser.new_context()
    page = context.new_page()
    requests: list[str] = []
    page.on(
        "request",
        lambda request: requests.append(request.url) if not request.url.startswith(("data:", "blob:")) else None,
    )
    page.goto(f"{address}{url}/" if url else address, wait_until="networkidle")
    context.close()
    size = 0
    for request in (request for request in requests if request.startswith(address)):
        path = site / request.removeprefix(address).split("?")[0]
        path = path / "index.html" if path.is_dir() else path
        size += len(gzip.compress(path.read_bytes(), 6)) if path.is_file() else 0
    return f"{size / 1000:.1f} KB", len(requests), sum(not request.startswith(address) for request in requests)


def lighthouse(ours: Path, plain: Path) -> None:
    heading("Lighthouse, mobile: performance, accessibility, best practices, SEO (budget: 98, 100, 100, 100)")
    npx, program = shutil.which("npx"), chromium()
    if npx is None or program is None:
        print("  not measured: it needs npx and Chromium")
        return
    for name, site in {"plain Material": plain, "this project": ours}.items():
        with served(site) as server:
            for url in ("", "answers/create-a-process/"):
                flags = "--headless --no-sandbox --disable-background-networking"
                done = subprocess.run(
                    [
                        npx,
                        "--yes",
                        LIGHTHOUSE,
                        server.address + url,
                        "--output=json",
                        "--quiet",
                        f"--chrome-flags={flags}",
                    ],
                    env={**os.environ, "CHROME_PATH": program},
                    capture_output=True,
                    text=True,
                    timeout=300,
                )
                if done.returncode:
                    row(f"{name} /{url}", "failed: " + done.stderr.strip()[-200:])
                    continue
                scores = json.loads(done.stdout)["categories"].values()
                row(f"{name} /{url}", "  ".join(f"{100 * score['score']:.0f}" for score in scores))


# -- executing -----------------------------------------------------------------------------------------------


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def execution() -> None:
    heading("Executing the six answers: pytest over the bare programs at the same parallelism (budget: 1.25 x)")
    workers = os.cpu_count() or 1
    python = interpreter(sys.executable)
    answers = [path for path in pages(ROOT) if path.parent.name == "answers"]
    jobs = []
    for path in answers:
        page = read(path, ROOT)
        for example in page.transcripts:
            if not example.attributes.skip:
                mine, _ = legs([python], page.source_of(example), example.attributes)
                jobs += [(page, example, leg) for leg in mine]
    documents = [str(path.relative_to(ROOT)) for path in answers]

    def bare() -> None:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda job: run_bare(*job), jobs))

    def whole() -> None:
        command = [sys.executable, "-m", "pytest", "-q", f"-n{workers}", "--junit-xml=", *documents]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stdout)

    times: dict[str, list[float]] = {"bare programs": [], "pytest": []}
    for _ in range(3):
        times["bare programs"].append(seconds(bare))
        times["pytest"].append(seconds(whole))
    row(f"bare programs ({len(jobs)} legs, {workers} at a time)", spread(times["bare programs"], "s"))
    row("pytest", spread(times["pytest"], "s"))
    row("ratio", f"{statistics.median(times['pytest']) / statistics.median(times['bare programs']):.2f}")


def run_bare(page: Page, example: Transcript, leg) -> None:
    """The leg with nothing around it but what sets its start method."""
    with tempfile.TemporaryDirectory() as work:
        startup = Path(work, "startup")
        startup.mkdir()
        shutil.copy(ROOT / "tests/harness/startup/sitecustomize.py", startup)
        for program in page.programs:
            target = Path(work, program.title)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(program.source.text, "utf-8")
        environment = clean(os.environ) | {"PYTHONPATH": str(startup)}
        if leg.start == leg.method:
            environment["EXAMPLE_START_METHOD"] = leg.start
        piped = Path(work, example.command.program) if example.command.stdin else Path(os.devnull)
        with piped.open("rb") as stdin, contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                [leg.interpreter.path, *example.command.arguments],
                cwd=work,
                env=environment,
                stdin=stdin,
                capture_output=True,
                timeout=example.attributes.hangs or 60,
            )


# -- growth --------------------------------------------------------------------------------------------------


def growth(here: Path) -> None:
    heading("From 100 to 1000 pages (budget: 11 x)")
    times: dict[str, list[float]] = {"mkdocs build": [], "pytest": []}
    for count in (100, 1000):
        source = own(here / f"pages-{count}", [ROOT / "docs/index.md"])
        (source / "docs/many").mkdir()
        (source / "snippets/many").mkdir()
        for index in range(count):
            many_page(source, index)
        times["mkdocs build"].append(seconds(functools.partial(build, source, here / f"out-{count}", False)))
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "tests.harness.plugin",
            "-p",
            "no:cacheprovider",
            "-n2",
            "--dist=worksteal",
            "docs/many",
        ]
        (source / "pytest.ini").write_text("[pytest]\n")
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}

        def run_tests(command=command, source=source, environment=environment) -> None:
            done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stdout[-3000:])

        times["pytest"].append(seconds(run_tests))
    for name, (small, large) in times.items():
        row(name, f"{small:.1f} s", f"{large:.1f} s", f"{large / small:.1f} x")


def many_page(source: Path, index: int) -> None:
    """A page of some text with one program, which runs under one start method."""
    (source / f"snippets/many/program_{index}.py").write_text(f'"""Prints a number."""\n\nprint({index})\n')
    text = "\n\n".join(f"## Part {part}\n\n" + "A process has its own memory. " * 20 for part in range(4))
    fences = (
        f'```python title="program_{index}.py"\n--8<-- "snippets/many/program_{index}.py"\n```\n\n'
        f'```console {{start="spawn"}}\n$ python program_{index}.py\n{index}\n```\n'
    )
    (source / f"docs/many/page-{index}.md").write_text(
        f"---\ndescription: Page {index}.\n---\n\n# Page {index}\n\n{fences}\n{text}\n"
    )


if __name__ == "__main__":
    main()
