"""What a format reads out of a document of a feed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.model.advisory import Advisory, AffectedPackage
    from bedplate.model.rating import Rating


Wanted = Callable[[str], bool]
"""Whether a namespace is."""


class Record(NamedTuple):
    """An advisory and the packages that it speaks of, of any release."""

    advisory: Advisory
    affected: tuple[AffectedPackage, ...]


class LeftOut(NamedTuple):
    """A record that is right, and is none of ours.

    Args:
        reason: in a few words, the same for every record of its kind.
    """

    reason: str


class AsOf(NamedTuple):
    """The day up to which a document is true, by its own word.

    Args:
        date: ISO date or time.
    """

    date: str


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What a feed says of a vulnerability whatever the package.

    Args:
        cve: its CVE id.
        ratings: statements on its gravity.
        epss: probability of exploitation in 30 days and its percentile, both 0 to 1.
        kev: ISO date on which CISA listed it as exploited.
    """

    cve: str
    ratings: tuple[Rating, ...] = ()
    epss: tuple[float, float] | None = None
    kev: str = ""
