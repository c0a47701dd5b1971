"""What lives from one build to the next, beside `mkdocs serve`."""

import os
from pathlib import Path

from .build import Build
from .evidence.report import ReportError, project
from .notebooks import Notebooks
from .pages.digest import digests
from .pages.files import APART
from .pages.reader import read
from .preview import ANSWERS, HOME, OFF, Preview, here
from .site_folder import SiteFolder


class Session:
    """One `mkdocs serve`, or one build."""

    def __init__(self, root: Path, serving: bool, beside: bool = False) -> None:
        self.root = root
        self.serving = serving
        self.beside = beside  # whether it builds beside the site's folder, so that a failure leaves that
        self.folder: SiteFolder | None = None
        self.notebooks = Notebooks(root, keep=serving)
        self.preview = Preview(root, project(root), lambda name: digests(read(root / name, root)))
        self.seen: dict[str, set[str]] = {}  # the examples of the build before, by page

    def site_dir(self, wanted: str) -> str:
        """Where the build that begins is to work, so that the site is in the wanted folder at the end."""
        if not self.beside:
            return wanted
        self.folder = SiteFolder(Path(wanted).resolve())
        self.folder.begin()
        return str(self.folder.aside)

    def has_built(self, site_dir: str) -> str:
        """The folder of the site, which is whole now: unless MkDocs still finds a fault."""
        if self.folder is None:
            return site_dir
        self.folder.complete = True
        return str(self.folder.site)

    def has_failed(self) -> None:
        if self.folder is not None:
            self.folder.complete = False

    def put_in_place(self) -> None:
        """At the end: the new site, if it is whole; else what is left of it goes."""
        if self.folder is not None:
            self.folder.end()
            self.folder = None

    def run_examples(self, build: Build) -> None:
        """Has the examples run that the report lacks: those of pages that were saved, and at first what is seen first.

        The home page's run before the site is built, so that its picture is there from the start.
        """
        if not self.serving or os.environ.get(OFF) == "off":
            return
        now = {name: digests(page) for name, page in build.pages.items()}
        if self.seen:
            chosen = [name for name in now if now[name] != self.seen.get(name)]
        else:
            if HOME in now and build.lacks_evidence(HOME, here()):
                self.preview.run([HOME])
                self.read_again(build)
            chosen = [name for name in now if name.startswith(ANSWERS)]
        self.seen = now
        place = here()
        self.preview.queue(name for name in chosen if not name.startswith(APART) and build.lacks_evidence(name, place))
        build.running = self.preview.pending

    def read_again(self, build: Build) -> None:
        try:
            build.read_reports(self.root / os.environ.get("REPORTS", "reports"))
        except ReportError:
            return  # the build said so when it read them first
