"""What the site shows of a page beside its prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..evidence.proofs import PageProofs
from ..pages.examples import Inline, Page, Program
from ..run_buttons.buttons import Button


@dataclass
class PageView:
    """A page with the proofs of its examples; made once for each page of a build."""

    page: Page
    proofs: PageProofs
    buttons: Mapping[str, Button] | None  # by title of the program; None for a build without Run buttons
    running: bool = False  # whether its examples run right now, beside `mkdocs serve`
    downloads: bool = True  # whether the programs are published, for readers to download
    code: dict[Program | Inline, str] = field(default_factory=dict)  # highlighted, as HTML

    @property
    def url(self) -> str:
        """The page's address below the site's own."""
        return self.proofs.url

    @property
    def anchors(self) -> dict[object, str]:
        """The anchor of each transcript and inline block."""
        return {example: anchor for anchor, example in self.page.anchors.items()}
