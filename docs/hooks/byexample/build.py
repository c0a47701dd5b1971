"""One build of the site: all of its pages, and what the reports say of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .evidence import data, required
from .evidence.proofs import PageProofs, Proof, proofs
from .evidence.report import Reports, project, read_reports
from .figures.view import PageView
from .pages import files, reader
from .pages.digest import example_digest
from .pages.examples import Page, Transcript
from .pages.places import Place
from .run_buttons import buttons


class BuildError(Exception):
    """A site that must not be published as it is; says what is missing, and how to get it."""


def read_all(root: Path) -> dict[str, Page]:
    """All pages of a repository, by name, and Python files that stand among them."""
    paths = [*files.pages(root), *files.strays(root)]
    return {page.name: page for page in (reader.read(path, root) for path in paths)}


def faults(pages: Iterable[Page]) -> list[str]:
    """What is refused on these pages: as the tests say it, each with page and line."""
    return [problem for page in pages for problem in page.problems]


@dataclass
class Build:
    """What the events of a build share."""

    root: Path
    pages: dict[str, Page] = field(default_factory=dict)  # by name
    reports: Reports = field(default_factory=Reports)
    layer: str = ""  # stands for what a Run in the page takes
    has_buttons: bool = False  # whether it has Run buttons
    running: frozenset[str] = frozenset()  # pages whose examples run right now
    nav: object = None
    rendered: PageView = field(init=False)  # the page that is being rendered
    markdown: str = ""  # of that page, without its front matter
    views: dict[str, PageView] = field(default_factory=dict)  # by name of the page
    errors: dict[str, dict[str, Any]] = field(default_factory=dict)  # what search knows of the pages on errors
    copies: dict[str, str] = field(default_factory=dict)  # pages as plain Markdown, by address

    def read_reports(self, folder: Path) -> None:
        """ReportError if one cannot be believed."""
        self.reports = read_reports(folder, project(self.root), self.pages)

    def lacks_evidence(self, name: str, place: Place) -> bool:
        """Whether a page has an example that speaks for this Python, and that no report says to have run here."""
        page = self.pages[name]
        for example in page.anchors.values():
            if isinstance(example, Transcript):
                attributes = example.attributes
                if attributes.skip is not None or not attributes.speaks_for(place):
                    continue
            legs = self.reports.of(name, example_digest(page, example))
            if place not in {leg.place for leg in legs}:
                return True
        return False

    def begin(self, name: str, url: str, markdown: str) -> None:
        """Makes the view of a page that is about to be rendered; its title is known afterwards."""
        page = self.pages[name]
        mine = buttons.buttons(page) if self.has_buttons else None
        found = proofs(page, self.reports, self.layer, buttons.why_no_button(page, mine))
        self.rendered = PageView(page, PageProofs(url, "", found), mine, name in self.running)
        self.views[name], self.markdown = self.rendered, markdown

    @property
    def proved_pages(self) -> list[PageProofs]:
        """The pages with examples, in the order of their names."""
        return [self.views[name].proofs for name in sorted(self.views) if self.views[name].proofs.proofs]

    def check(self, asked: str | None) -> None:
        """BuildError for what a build that asks for evidence lacks.

        "examples": each must be proved, and none may have failed where that is required; "required": each must be
        proved on all Pythons where that is required, and each Run button, too.
        """
        if asked not in ("examples", "required"):
            return
        all_proofs: list[Proof] = [proof for page in self.proved_pages for proof in page.proofs.values()]
        wanting = {
            "no report proves these examples:": data.unproved(all_proofs),
            "these examples failed:": required.failing(all_proofs),
        }
        if asked == "required":
            if not self.has_buttons:
                raise BuildError(
                    "this build has no Run buttons, and is to be published: "
                    "Pyodide and CodeMirror could not be had from npm"
                )
            places = self.reports.places
            wanting["no report is about these Pythons:"] = required.missing(places)
            wanting["no report proves these examples where they have to be:"] = required.unproved(all_proofs, places)
            unproved = f"no report proves these Run buttons ({data.RUN_IN_PAGE} makes one):"
            wanting[unproved] = data.unproved_runs(all_proofs)
        if any(wanting.values()):
            raise BuildError("\n".join("\n  ".join([what, *names]) for what, names in wanting.items() if names))
