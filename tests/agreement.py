"""Both sides of one small site: what pytest says of its pages, and what the build makes of them."""

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import markdown
from bs4 import BeautifulSoup
from byexample.build import Build, faults, read_all
from byexample.copies import plain
from byexample.figures.extension import Examples
from byexample.figures.view import PageView
from byexample.pages.rendering import site_extensions
from byexample.pages.snippets import problems
from mkdocs.utils.meta import get_data

from . import ROOT
from .conftest import HELLO, Outcome, Site, shown, transcript

PROJECT = '[project]\nname = "small"\n'
FINE = transcript("python fine.py", "hello")


class Sides(Site):
    """A small site; its report stays, so that the build can read it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.write("pyproject.toml", PROJECT)

    def fine(self, transcript_fence: str, name: str = "docs/page.md") -> None:
        """A page that shows fine.py, which prints "hello", with this transcript of it from line 5."""
        self.write("snippets/fine.py", HELLO)
        self.page(shown("fine.py") + "\n" + transcript_fence, name)

    def outcome(self, status: int, text: str) -> Outcome:
        """Each run's report replaces the one before, as in the repository."""
        reports = self.root / "reports"
        reports.mkdir(exist_ok=True)
        report = self.root / "report.xml"
        if report.exists():
            shutil.copy(report, reports / "local.xml")
        return super().outcome(status, text)

    def report(self) -> list[tuple[str, str]]:
        """Page and digest of each example that the kept report proves."""
        found = []
        for case in ElementTree.parse(self.root / "reports/local.xml").iter("testcase"):
            facts = {each.get("name"): each.get("value", "") for each in case.iter("property")}
            if "leg" in facts:
                found.append((facts["page"], facts["digest"]))
        return found

    def mkdocs(self) -> None:
        """Makes it a site that MkDocs builds as it builds the repository: with its hooks, templates and styles."""
        for name in ("docs/hooks", "docs/theme", "docs/assets"):
            shutil.copytree(ROOT / name, self.root / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        shutil.copy(ROOT / "LICENSE", self.root)
        text = (ROOT / "mkdocs.yml").read_text("utf-8")
        for whole in (r"(?m)^nav:\n(?: .*\n)+", r"(?m)^  - mkdocs-jupyter:\n(?:      .*\n)+"):
            text, count = re.subn(whole, "", text)
            assert count == 1, whole
        self.write("mkdocs.yml", text)

    @property
    def faults(self) -> list[str]:
        """What the build refuses, or warns of, which a strict build does not survive."""
        return [*faults(read_all(self.root).values()), *(problem.message for problem in problems(self.root))]

    def build(self) -> "Built":
        """Builds all pages as MkDocs' events do, with the last report, and asks for evidence."""
        build = Build(self.root, pages=read_all(self.root))
        assert self.faults == []
        build.read_reports(self.root / "reports")
        built = Built(build)
        for name in build.pages:
            built.html[name], built.copies[name] = rendered(build, name)
        build.check("examples")
        return built


@dataclass
class Built:
    """What the build made."""

    build: Build
    html: dict[str, BeautifulSoup] = field(default_factory=dict)  # by name of the page
    copies: dict[str, str] = field(default_factory=dict)  # as plain Markdown

    def outputs(self, name: str = "docs/page.md") -> list[str]:
        """What stands in the terminals of a page, without the commands."""
        return outputs(self.html[name])


def outputs(page: BeautifulSoup) -> list[str]:
    """What stands in the terminals of a page, without the commands."""
    return ["".join(each.get_text() for each in terminal.select("samp")) for terminal in page.select(".terminal")]


def rendered(build: Build, name: str) -> tuple[BeautifulSoup, str]:
    """A page's HTML and its plain copy."""
    build.begin(name, "page/", build.pages[name].text)
    return show(build.rendered, build.root)


def show(view: PageView, root: Path) -> tuple[BeautifulSoup, str]:
    """A page's HTML, by the site's own Markdown with its includes, and its plain copy."""
    text, _ = get_data(view.page.text)
    names, settings = site_extensions(root / "mkdocs.yml")
    snippets = {"base_path": [str(root)], "check_paths": True}
    html = markdown.markdown(
        text,
        extensions=[*names, "pymdownx.snippets", Examples(lambda text: view)],
        extension_configs=settings | {"pymdownx.snippets": snippets},
    )
    return BeautifulSoup(html, "html.parser"), plain.copy(view, text, File(), Files(), lambda *_: "")


class File:
    """A page's file, as far as the plain copy asks."""

    src_uri = "page.md"
    url = "page/"
    abs_src_path = ""
    name = "page"
    content_string = ""

    def is_documentation_page(self) -> bool:
        return True


class Files(list):
    """The site's files: none that a link could lead to."""

    def get_file_from_path(self, path: str) -> None:
        return None


def tabbed(text: str) -> str:
    """A text whose lines begin with a tab."""
    return "".join(f"\t{line}\n" for line in text.splitlines())


def accepted(site: Sides) -> Built:
    """Both sides accept the site, and the build publishes it with its evidence."""
    outcome = site.pytest()
    assert outcome.failures == [] and outcome.status in (0, 5), outcome.text
    return site.build()


def refused(site: Sides) -> list[str]:
    """What both sides refuse, in the same words."""
    outcome = site.pytest()
    said = sorted(outcome.failures)
    assert "Traceback" not in outcome.text and "INTERNALERROR" not in outcome.text, outcome.text
    assert said == sorted(site.faults) and said, (said, site.faults)
    return said
