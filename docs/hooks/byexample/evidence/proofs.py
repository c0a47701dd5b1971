"""What the reports say of the examples of a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..pages.digest import digest, example_digest
from ..pages.examples import Inline, Page, Transcript
from ..pages.places import Place
from .report import RecordedLeg, Reports
from .schema import IN_PAGE

HOME = "evidence/"  # the address of the overview


@dataclass(frozen=True)
class Proof:
    """An example with the runs of it."""

    page: str  # docs/answers/create-a-pool.md
    anchor: str  # of the example on its page
    example: Transcript | Inline
    legs: tuple[RecordedLeg, ...]
    runs: tuple[RecordedLeg, ...]  # in the page
    why_no_button: str  # why no Run button is to show it; empty if one is

    @property
    def name(self) -> str:
        """For messages."""
        return f"{self.page}, {self.anchor}: {self.command}"

    @property
    def command(self) -> str:
        """The transcript's command, or the first line of an inline block."""
        if isinstance(self.example, Transcript):
            return self.example.command.text
        return self.example.source.strip().split("\n")[0]

    @property
    def restriction(self) -> str:
        """The legs that it speaks for, in words; empty if all."""
        return self.example.attributes.restriction if isinstance(self.example, Transcript) else ""

    @property
    def skipped(self) -> str | None:
        """Why it is not run at all."""
        return self.example.attributes.skip if isinstance(self.example, Transcript) else None

    @property
    def passed(self) -> list[RecordedLeg]:
        return [leg for leg in self.legs if leg.outcome == "passed"]

    @property
    def failed(self) -> list[RecordedLeg]:
        return [leg for leg in self.legs if leg.outcome == "failed"]

    @property
    def ran_in_page(self) -> list[RecordedLeg]:
        return [leg for leg in self.runs if leg.outcome == "passed" and not self.why_no_button]

    def speaks_for(self, place: Place, method: str | None = None) -> bool:
        """Whether it is about this Python, and this start method there."""
        return isinstance(self.example, Inline) or self.example.attributes.speaks_for(place, method)

    def leg(self, place: Place, start: str) -> RecordedLeg | None:
        return next((leg for leg in self.legs if leg.key == (place, start)), None)


@dataclass(frozen=True)
class PageProofs:
    """A page of the site with the proofs of its examples, by anchor and in order."""

    url: str
    title: str  # HTML
    proofs: Mapping[str, Proof]

    @property
    def evidence_url(self) -> str:
        """The address of all runs of the page; each example has the same anchor there."""
        return HOME + (self.url or "home/")


def proofs(page: Page, reports: Reports, layer: str, why_no_button: Mapping[str, str]) -> dict[str, Proof]:
    """The proofs of a page, by anchor, as `why_no_button` is; `layer` stands for what a Run in the page takes."""
    found = {}
    for anchor, example in page.anchors.items():
        mine = example_digest(page, example)
        legs = reports.of(page.name, mine)
        if isinstance(example, Transcript):
            legs = [leg for leg in legs if example.attributes.speaks_for(leg.place, leg.method)]
        runs = [leg for leg in reports.of(page.name, run_digest(mine, layer)) if leg.start == IN_PAGE]
        found[anchor] = Proof(page.name, anchor, example, tuple(legs), tuple(runs), why_no_button[anchor])
    return found


def run_digest(example: str, layer: str) -> str:
    """Stands for an example that runs in the page: its own digest, and that of all that a Run takes."""
    return digest([example, layer])
