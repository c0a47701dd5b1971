"""Pages as the build shows them, without MkDocs: from a page's text and reports to HTML, in milliseconds."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from bs4 import BeautifulSoup
from byexample.build import Build
from byexample.evidence.proofs import Proof
from byexample.evidence.report import Case, RecordedLeg
from byexample.figures.extension import Examples
from byexample.figures.view import PageView
from byexample.pages import files, reader
from byexample.pages.digest import example_digest
from byexample.pages.places import Place
from byexample.pages.rendering import site_extensions

from .. import ROOT

PROJECT = "multiprocessing-by-example"
DATE = "2026-11-27T10:00:00+00:00"


@dataclass
class Repository:
    """A few pages of the real repository, with reports of their own."""

    root: Path

    def take(self, name: str) -> Path:
        """Copies a page or a program."""
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
        return target

    def build(self, has_buttons: bool = True) -> Build:
        build = Build(self.root, layer="the layer", has_buttons=has_buttons)
        build.pages = {page.name: page for page in (reader.read(path, self.root) for path in files.pages(self.root))}
        build.read_reports(self.root / "reports")
        return build

    def views(self, build: Build | None = None) -> Build:
        """A build with the views of all pages."""
        build = build or self.build()
        for name, page in build.pages.items():
            url = name.removeprefix("docs/").removesuffix(".md").removesuffix("index")
            build.begin(name, url + "/" * bool(url), page.text)
            view = build.views[name]
            view.proofs = replace(view.proofs, title=f"Title of {name}")
        return build

    def html(self, name: str, build: Build | None = None) -> BeautifulSoup:
        """A page's HTML."""
        build = build or self.build()
        build.begin(name, name.removeprefix("docs/").removesuffix(".md") + "/", build.pages[name].text)
        return rendered(build.rendered)

    def report(self, *cases: Case, name: str = "run.xml", commit: str = "0123", date: str = DATE) -> Path:
        """Writes a report as pytest does."""
        suite = ElementTree.Element("testsuite", timestamp=date)
        facts = {"project": PROJECT, "machine": "A machine, 2 cores", "commit": commit}
        add(suite, list(facts.items()))
        for number, case in enumerate(cases):
            add(ElementTree.SubElement(suite, "testcase", name=f"line:{number}"), case.to_properties())
        root = ElementTree.Element("testsuites")
        root.append(suite)
        path = self.root / "reports" / name
        path.parent.mkdir(exist_ok=True)
        ElementTree.ElementTree(root).write(path, "utf-8")
        return path

    def cases(self, name: str, legs: Sequence[RecordedLeg]) -> list[Case]:
        """What a run of a page reports, with the same legs for each example."""
        page = reader.read(self.root / name, self.root)
        return [
            Case(name, getattr(getattr(example, "command", None), "text", None), example_digest(page, example), legs)
            for example in page.anchors.values()
        ]


def add(element: ElementTree.Element, properties: Sequence[tuple[str, str]]) -> None:
    holder = ElementTree.SubElement(element, "properties")
    for name, value in properties:
        ElementTree.SubElement(holder, "property", name=name, value=value)


def rendered(view: PageView) -> BeautifulSoup:
    names, settings = site_extensions(ROOT / "mkdocs.yml")
    extensions = [*names, Examples(lambda text: view)]
    return BeautifulSoup(
        markdown.markdown(view.page.text, extensions=extensions, extension_configs=settings), "html.parser"
    )


def leg(python: str, method: str, system: str = "Linux", implementation: str = "CPython", **more) -> RecordedLeg:
    facts = {"seconds": 0.1, "commit": "0123", "date": DATE} | more
    return RecordedLeg(Place(implementation, python, system), method, method, False, "passed", **facts)


def failed_leg(python: str, *where: str) -> RecordedLeg:
    """A leg with start method spawn that printed something else."""
    return replace(leg(python, "spawn", *where), outcome="failed", problem="-one\n+two")


def legs(pythons: str, methods: str = "fork spawn", *where: str) -> list[RecordedLeg]:
    return [leg(python, method, *where) for python in pythons.split() for method in methods.split()]


def lines(page: BeautifulSoup) -> list[str]:
    """What a page says below each of its examples."""
    return [line.get_text() for line in page.select(".notes .ran")]


def proofs_of(build: Build, name: str) -> list[Proof]:
    return list(build.views[name].proofs.proofs.values())


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make(tmp_path / "repository")


def make(root: Path) -> Repository:
    """A repository with one page of the real one."""
    made = Repository(root)
    for name in ("mkdocs.yml", "pyproject.toml", "docs/answers/four-processes.md"):
        made.take(name)
    page = reader.read(ROOT / "docs/answers/four-processes.md", ROOT)
    for program in page.programs:
        made.take(f"snippets/{program.path}")
    return made
