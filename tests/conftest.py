"""A small site in a temporary folder, for the tests that sabotage one and read what pytest says."""

import contextlib
import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from byexample.pages.examples import Example, Page
from byexample.pages.reader import read

from .harness.selection import named

REPOSITORY = Path(__file__).parents[1]
MKDOCS_YML = """\
site_name: small
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - tables
  - toc
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.snippets: {base_path: [.], check_paths: true}
  - pymdownx.tabbed: {alternate_style: true}
"""
HELLO = "print('hello')\n"


@dataclass
class Case:
    """One item of the JUnit report."""

    outcome: str  # passed, failed, skipped or error
    message: str  # what the contributor reads
    properties: list[tuple[str, str]]


@dataclass
class Outcome:
    """What one run of pytest said. Cases are named PAGE::line:NUMBER."""

    status: int
    text: str
    cases: dict[str, Case] = field(default_factory=dict)

    @property
    def failures(self) -> list[str]:
        return [case.message for case in self.cases.values() if case.outcome in ("failed", "error")]


class Site:
    """Pages, programs and a configuration of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("mkdocs.yml", MKDOCS_YML)
        self.write("pytest.ini", "[pytest]\n")

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def page(self, content: str | bytes, name: str = "docs/page.md") -> Path:
        return self.write(name, content)

    def program(self, source: str, transcript: str, name: str = "program.py") -> Path:
        """A page with this program from line 1 and its transcript from line 5 (its fence; the command is line 6)."""
        self.write(f"snippets/{name}", source)
        return self.page(shown(name) + "\n" + transcript)

    def read(self, name: str = "docs/page.md") -> Page:
        return read(self.root / name, self.root)

    def examples(self, name: str = "docs/page.md") -> list[Example]:
        return list(self.read(name).examples)

    def refused(self, name: str = "docs/page.md") -> list[str]:
        """What is refused on a page, as `line: message`."""
        return [f"{example.line}: {example.message}" for example in self.read(name).refused]

    def command(self, *arguments: str) -> list[str]:
        # Hundreds of runs: looking for plugins, and for exceptions that nobody raised, would take half of their time.
        plugins = ["--disable-plugin-autoload", "-p", "xdist", "-p", "pytest_timeout", "-p", "tests.harness.plugin"]
        plugins += ["-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:unraisableexception"]
        return [
            *plugins,
            "--rootdir",
            str(self.root),
            "-c",
            str(self.root / "pytest.ini"),
            f"--junit-xml={self.root}/report.xml",
            *arguments,
        ]

    def pytest(self, *arguments: str) -> Outcome:
        """Runs pytest on the site, in this process."""
        text = io.StringIO()
        modules, path = set(sys.modules), sys.path[:]
        with contextlib.chdir(self.root), contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
            status = pytest.main(self.command("-n0", *(arguments or ["docs"])))
        sys.path[:] = path
        for name in set(sys.modules) - modules:
            if str(self.root) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]  # the next site has other programs of this name
        return self.outcome(status, text.getvalue())

    def start(self, *arguments: str, **options) -> subprocess.Popen:
        """Starts pytest on the site in a process of its own; its output goes to a pipe."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "PY_COLORS"))}
        environment |= {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "200"}
        return subprocess.Popen(
            [sys.executable, "-m", "pytest", *self.command(*arguments)],
            cwd=options.pop("cwd", self.root),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            **options,
        )

    def outcome(self, status: int, text: str) -> Outcome:
        report = self.root / "report.xml"
        found = Outcome(int(status), text)
        if not report.exists():
            return found
        for case in ElementTree.parse(report).iter("testcase"):
            result = next((child for child in case if child.tag in ("failure", "error", "skipped")), None)
            kind = "passed" if result is None else {"failure": "failed"}.get(result.tag, result.tag)
            said = "" if result is None else result.text or result.get("message", "")
            properties = [(one.get("name", ""), one.get("value", "")) for one in case.iter("property")]
            name = case.get("classname", "").replace(".", "/")
            name = f"{name}::{case.get('name')}"
            while name in found.cases:
                name += ", again"
            found.cases[name] = Case(kind, said, properties)
        report.unlink()
        return found


def shown(name: str, options: str = "") -> str:
    """The fence that shows snippets/NAME; three lines."""
    return f'```python title="{Path(name).name}"{options}\n--8<-- "snippets/{name}"\n```\n'


def transcript(command: str, *lines: str, attributes: str = "") -> str:
    """A transcript's fence."""
    return "\n".join([f"```console {attributes}".rstrip(), f"$ {command}", *lines, "```", ""])


def with_argument(mark: str) -> list[psutil.Process]:
    """Processes that have the mark as an argument."""
    found = []
    for process in psutil.process_iter():
        try:
            if mark in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue  # gone, or somebody else's
    return found


def is_thorough(config: pytest.Config) -> bool:
    """Whether a run has the tests, too, that take minutes: in CI, or if somebody names tests of the built site."""
    built_site = REPOSITORY / "tests/site"
    return bool(os.environ.get("CI")) or any(path.is_relative_to(built_site) for path in named(config))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if any((REPOSITORY / "tests/site").is_relative_to(path) for path in named(config)) and not is_thorough(config):
        left_out = "most pages in a browser, and most tests of Run in the page, since they take minutes"
        terminalreporter.write_line(f"left out: {left_out}. To run them: pytest tests/site")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("COLUMNS", "200")
    return Site(tmp_path / "site")
