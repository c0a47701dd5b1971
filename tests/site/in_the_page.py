"""Runs every program of the site that has a Run button, in its page, in Chromium, Firefox and WebKit.

It is slow, so it runs only when it is named:

    pytest tests/site/in_the_page.py --junit-xml=reports/page.xml

The report is the evidence for the buttons: the build that is published fails without it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from byexample.pages.reader import read
from byexample.run_buttons import pyodide
from filelock import FileLock

from ..live import documents, open_page, proof, verdict
from .conftest import ROOT, build, copy_to, served, without_notebooks
from .firefox import firefox
from .webkit import webkit

PROGRAMS = [(document, program.title) for document in documents() for program in read(document, ROOT).programs]


def source_of(site: Path) -> Path:
    """The copy that a site was built from."""
    return site.with_name(site.name + "-source")


@pytest.fixture(scope="session")
def lean_site(shared: Path) -> Path:
    """The folder of the site without the notebooks, which have no Run buttons. Once, whichever worker comes first."""
    target, log = shared / "lean", shared / "lean.log"
    with FileLock(shared / "lean.lock"):
        if not log.exists():
            root = copy_to(source_of(target))
            without_notebooks(root)
            done = build(target, root=root)
            log.write_text(done.stdout + done.stderr + f"exit status {done.returncode}\n", "utf-8")
    said = log.read_text("utf-8")
    assert said.endswith("exit status 0\n"), f"mkdocs build --strict failed:\n{said}"
    assert (target / pyodide.address(ROOT)).is_dir(), f"the site has no Run buttons:\n{said}"
    return target


@dataclass
class Visit:
    """A browser's visit of the site: one page after the other, each loaded once for all of its programs."""

    browser: str  # name and version
    new_page: Callable
    address: str
    layer: str  # of the site
    page: object = None
    document: Path | None = None

    def at(self, document: Path):
        if self.document != document:
            if self.page:
                page, self.page = self.page, None  # one failure is one: the next program gets a page of its own
                page.close()
            self.page, self.document = self.new_page(), document
            open_page(self.page, self.address, document)
        return self.page


@pytest.fixture(scope="session", params=["Chromium", "Firefox", "WebKit"])
def visit(request, lean_site: Path, tmp_path_factory) -> Iterator[Visit]:
    layer = pyodide.layer(source_of(lean_site))  # as it was when the site was built
    with served(lean_site) as address:
        if request.param == "Firefox":
            with firefox(tmp_path_factory.mktemp("firefox")) as session:
                yield Visit(f"Firefox {session.version}", session.tab, address, layer)
        elif request.param == "WebKit":
            with webkit() as session:
                yield Visit(f"WebKit {session.version}", session.tab, address, layer)
        else:
            browser = request.getfixturevalue("browser")
            context = browser.new_context()
            yield Visit(f"Chromium {browser.version}", context.new_page, address, layer)
            context.close()


@pytest.mark.parametrize(
    "document, program",
    PROGRAMS,
    ids=[f"{document.relative_to(ROOT / 'docs').as_posix()}:{program}" for document, program in PROGRAMS],
)
def test_it_prints_what_its_transcript_shows(visit: Visit, request, document: Path, program: str):
    found = verdict(visit.at(document), document, program)
    if found.transcript is None:
        pytest.skip(f"docs/{found.page}: {program}: {found.why}")
    request.node.user_properties += proof(found, visit.browser, visit.layer)
    if found.outcome == "differs":
        pytest.fail(
            f"docs/{found.page}: {program}: in the page it differs from the transcript: {found.why}", pytrace=False
        )
