"""EPSS: the probability that a CVE is exploited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "epss"
TITLE = "EPSS, by FIRST"
LICENCE = "free use with attribution"
REDISTRIBUTABLE = True
CADENCE = "daily"

_URL = "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the one document."""
    return (FeedDocument(_URL),) if store == NAME else ()
