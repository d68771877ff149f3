"""The National Vulnerability Database: gravity of every CVE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "nvd"
TITLE = "National Vulnerability Database"
LICENCE = "public domain"
REDISTRIBUTABLE = True
CADENCE = "2 hours"

_FOLDER = "https://nvd.nist.gov/feeds/json/cve/2.0"
_FIRST = 2002  # older CVEs are in the file of this year


def documents(store: str, today: date) -> tuple[FeedDocument, ...]:
    """List the file of every year; on its first days a year has none."""
    if store != "ratings":
        return ()
    years = range(_FIRST, today.year + 1)
    return tuple(
        FeedDocument(f"{_FOLDER}/nvdcve-2.0-{year}.json.gz", optional=year == today.year)
        for year in years
    )
