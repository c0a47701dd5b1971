"""Which legs a site that is published cannot do without; those that it can, take their claims with them."""

from collections.abc import Iterable, Sequence

from ..pages.examples import Transcript
from ..pages.places import SUPPORTED, Place, minor
from .proofs import Proof

SYSTEM = "Linux"
IMPLEMENTATION = "CPython"  # with its GIL


def is_required(place: Place) -> bool:
    return place.system == SYSTEM and place.implementation == IMPLEMENTATION


def missing(places: Iterable[Place]) -> list[str]:
    """The required Pythons that no report is about."""
    there = {minor(place) for place in places if is_required(place)}
    return [f"{IMPLEMENTATION} {version} on {SYSTEM}" for version in SUPPORTED if version not in there]


def failing(proofs: Iterable[Proof]) -> list[str]:
    """The examples that failed where that is required."""
    return [proof.name for proof in proofs if any(is_required(leg.place) for leg in proof.failed)]


def unproved(proofs: Iterable[Proof], places: Sequence[Place]) -> list[str]:
    """The transcripts that no leg proves on a required Python for which they speak, with that Python.

    `places` are those that reports are about. Inline blocks run on one Python, whichever it is.
    """
    found = []
    for proof in proofs:
        if isinstance(proof.example, Transcript) and not proof.skipped:
            there = {minor(place) for place in places if is_required(place) and proof.speaks_for(place)}
            proved = {minor(leg.place) for leg in proof.passed if is_required(leg.place)}
            found += [f"{proof.name} on {IMPLEMENTATION} {version}" for version in sorted(there - proved)]
    return found
