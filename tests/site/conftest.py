"""The built site, served as GitHub Pages does (below a sub-path, on loopback), and a browser."""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from byexample.run_buttons import packages
from filelock import FileLock
from playwright.sync_api import Browser, Page, sync_playwright

from ..conftest import is_thorough

ROOT = Path(__file__).parents[2]
ADDRESS = "https://example.org/by-example/"  # reserved for examples: nothing answers there
SUB_PATH = "/by-example/"
ABSENT = "no-such-page/"
# Chromium has no sandbox for root, and would otherwise look for updates on the network.
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


def build(target: Path, *, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    """Runs the strict build as a contributor would; its output is text."""
    inherited = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "REPO_URL", "REPORTS")}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=root,
        env=inherited | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def built_before(target: Path) -> Path:
    """A site that an earlier build left there."""
    target.mkdir()
    (target / "index.html").write_text("built before", "utf-8")
    return target


def left_as_it_was(target: Path) -> bool:
    """Whether a build that failed left that, and nothing else."""
    here = [path.name for path in target.parent.iterdir() if target.name in path.name]
    return (target / "index.html").read_text("utf-8") == "built before" and here == [target.name]


def report_of(root: Path, report: Path, *pages: str) -> None:
    """Runs these pages of the repository at `root`, and leaves the report."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.harness.plugin", "-p", "no:cacheprovider", "-n0", "-q"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    done = subprocess.run(
        [*command, *pages, f"--junit-xml={report}"],
        cwd=root,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts the tests of the built site last, since its build takes a minute, but for the longest ones.

    These start the build at once, while the other workers run what needs no site, and they don't run alone at the end.
    """

    def turn(item: pytest.Item) -> int:
        needs_site = "shared" in getattr(item, "fixturenames", ())  # an example of a page has none
        return 0 if item.get_closest_marker("longest") else 1 + needs_site

    items.sort(key=turn)
    if not is_thorough(config):
        left_out = [item for item in items if item.get_closest_marker("thorough")]
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all of its workers have."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def report(shared: Path) -> Path:
    """The report of a few pages that ran. Once, whichever worker comes first."""
    report = shared / "reports" / "run.xml"
    with FileLock(shared / "report.lock"):
        if not report.exists():
            report_of(ROOT, report, "docs/index.md", "docs/answers/create-a-process.md")
    return report


@pytest.fixture(scope="session")
def site(shared: Path, report: Path) -> Path:
    """The folder of the site, built with that report. Once, whichever worker comes first."""
    target, log = shared / "site", shared / "site.log"
    with FileLock(shared / "site.lock"):
        if not log.exists():
            done = build(target, SITE_URL=ADDRESS, REPORTS=str(report.parent))
            log.write_text(done.stdout + done.stderr + f"exit status {done.returncode}\n", "utf-8")
    said = log.read_text("utf-8")
    assert said.endswith("exit status 0\n"), f"mkdocs build --strict failed:\n{said}"
    return target


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site below its sub-path, and its 404 page for all else."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(SUB_PATH):
            return str(Path(self.directory) / "no such file")
        return super().translate_path("/" + path[len(SUB_PATH) :])

    def send_error(self, code, message=None, explain=None):
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def served(site: Path, handler: type[Handler] = Handler):
    """The address of the site, with a final slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path):
    """Where the site is served, with a final slash."""
    with served(site) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str):
    """Opens pages of the site in fresh contexts; afterwards there must have been no complaint."""
    contexts, complaints = [], []

    def open_page(url: str, **options) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        listen(page, address, complaints)
        page.goto(address + url, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def listen(page: Page, address: str, complaints: list[str]) -> None:
    """Adds to the complaints: errors and warnings, requests that fail or go outside."""

    def hear_console(message) -> None:
        # The browser itself reports a failed request too, without the address.
        if message.type in ("error", "warning") and "responded with a status" not in message.text:
            complaints.append(message.text)

    def hear_request(request) -> None:
        if outside(request.url, address):
            complaints.append(request.url)

    def hear_response(response) -> None:
        if response.status >= 400 and response.url != address + ABSENT:
            complaints.append(f"{response.status} {response.url}")

    page.on("console", hear_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", hear_request)
    page.on("response", hear_response)


def outside(url: str, address: str) -> bool:
    return not url.startswith((address.removesuffix(SUB_PATH), "data:", "blob:"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


def copy_to(target: Path) -> Path:
    """A copy of what the build reads."""
    for name in ("docs", "snippets"):
        shutil.copytree(ROOT / name, target / name)
    for name in ("mkdocs.yml", "pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, target)
    keep_cache(target)
    return target


def keep_cache(root: Path) -> None:
    """Lets a copy find what was installed for browsers already."""
    if (installed := packages.folder(ROOT)).exists():
        shutil.copytree(installed, packages.folder(root))


def without_notebooks(root: Path) -> None:
    """Takes the notebooks and their modules out, with the navigation's lines, for what is not about them."""
    configuration = root / "mkdocs.yml"
    lines = configuration.read_text("utf-8").splitlines(keepends=True)
    notebooks = [path.relative_to(root / "docs").as_posix() for path in (root / "docs/lab").glob("*.py")]
    kept = [line for line in lines if not any(notebook in line for notebook in notebooks)]
    configuration.write_text("".join(line for line in kept if not re.fullmatch(r"\s*- Lab:\s*", line)), "utf-8")
    shutil.rmtree(root / "docs/lab")
    shutil.rmtree(root / "snippets/lab")
    for page in root.joinpath("docs").rglob("*.md"):
        text = page.read_text("utf-8")
        page.write_text(re.sub(r"\]\([^)]*\blab/[^)]*\)", "](https://example.org/)", text), "utf-8")


def missing(message: str) -> NoReturn:
    """Skips what needs a program that is not here; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def chromium() -> str:
    """The system's Chromium. In CI it is an error if there is none."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        missing("no Chromium found: install it (Debian: apt-get install chromium), or name it in CHROMIUM")
    return program


@pytest.fixture(scope="session")
def browser() -> Browser:
    """A headless Chromium."""
    program = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
