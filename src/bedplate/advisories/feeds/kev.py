"""CISA's catalog of vulnerabilities that are known to be exploited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "kev"
TITLE = "CISA Known Exploited Vulnerabilities"
LICENCE = "CC0-1.0"
REDISTRIBUTABLE = True
CADENCE = "workdays"

_URL = "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the one document."""
    return (FeedDocument(_URL),) if store == NAME else ()
