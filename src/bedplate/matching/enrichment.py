"""What is known of CVEs whatever the package: ratings, EPSS, KEV."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from bedplate.matching.sources import Sources
    from bedplate.model.rating import Rating


class Enrichments(NamedTuple):
    """What is known, by CVE.

    Args:
        ratings: every source's statement.
        epss: probability of exploitation, and percentile.
        kev: ISO date on which CISA listed it.
    """

    ratings: dict[str, tuple[Rating, ...]]
    epss: dict[str, tuple[float, float]]
    kev: dict[str, str]


def enrichments_of(sources: Sources, cves: Collection[str]) -> Enrichments:
    """Ask the stores that there are; what is missing is not known."""
    ratings, epss, kev = (sources.named(name) for name in ("ratings", "epss", "kev"))
    return Enrichments(
        ratings.ratings(cves) if ratings else {},
        epss.epss(cves) if epss else {},
        kev.kev(cves) if kev else {},
    )
