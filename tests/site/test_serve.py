"""`mkdocs serve`, as a contributor works with it: what it shows has run, and runs again when it is saved."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from bs4 import BeautifulSoup

from .conftest import ROOT, without_notebooks

SECONDS = 180
PAGE = "answers/four-processes/"


@pytest.fixture
def small(copy: Path) -> Path:
    """A copy of the site with little more than the home page and the six answers, and with the tests."""
    without_notebooks(copy)
    for folder in ("errors", "guide", "scale"):
        shutil.rmtree(copy / "docs" / folder)
    for path in (copy / "docs/answers").glob("*.md"):
        if path.name != "four-processes.md":
            path.unlink()
    shutil.copytree(ROOT / "tests/harness", copy / "tests/harness")
    for name in ("tests/__init__.py", "conftest.py"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def shown(address: str, page: str) -> BeautifulSoup | None:
    """A page as it is served now; None before it is."""
    try:
        with urllib.request.urlopen(address + page, timeout=30) as answer:
            return BeautifulSoup(answer.read(), "html.parser")
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None


def until(condition, serving: subprocess.Popen) -> BeautifulSoup:
    end = time.monotonic() + SECONDS
    while not (found := condition()):
        assert serving.poll() is None and time.monotonic() < end, "it takes too long, or has ended"
        time.sleep(0.2)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
@pytest.mark.longest
def test_what_is_served_has_run_and_runs_again_when_it_is_saved(small: Path):
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "EXAMPLES"))}
    log = (small / "serve.log").open("wb")
    serving = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
        cwd=small,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        home = until(lambda: shown(address, ""), serving)
        assert home.select("figure.picture svg") and home.select_one(".notes .ran b").get_text() == "Ran"

        def with_words(words: str) -> BeautifulSoup | None:
            page = shown(address, PAGE)
            return page if page and any(words in note.get_text() for note in page.select(".notes")) else None

        until(lambda: with_words("Ran on CPython"), serving)
        source = small / "docs/answers/four-processes.md"
        text = source.read_text("utf-8")
        source.write_text(text.replace("at a time: False", "at a time: True"), "utf-8")
        until(lambda: with_words("Running on this machine"), serving)
        failed = until(lambda: with_words("Failed on CPython"), serving)
        assert "-more than one at a time: True\n+more than one at a time: False" in failed.get_text()
        program = small / "snippets/answers/one_after_another.py"
        program.write_text(program.read_text("utf-8") + "# saved\n", "utf-8")
        until(lambda: with_words("Running on this machine"), serving)
        serving.send_signal(signal.SIGINT)
        assert serving.wait(60) == 0, (small / "serve.log").read_text("utf-8")[-2000:]
    finally:
        if serving.poll() is None:
            os.killpg(serving.pid, signal.SIGKILL)
        log.close()
    left = [process for process in psutil.process_iter(["cwd"]) if (process.info["cwd"] or "").startswith(str(small))]
    assert left == []
