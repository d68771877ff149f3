"""The Go vulnerability database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "golang"
TITLE = "Go vulnerability database"
LICENCE = "CC-BY-4.0"
REDISTRIBUTABLE = True
CADENCE = "hours"

_URL = "https://vuln.go.dev/vulndb.zip"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the one archive."""
    return (FeedDocument(_URL),) if store == NAME else ()
