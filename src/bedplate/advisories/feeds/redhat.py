"""Red Hat's VEX files: the state of every CVE, fixed or not, in one archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "redhat"
TITLE = "Red Hat Product Security"
LICENCE = "CC-BY-4.0"
REDISTRIBUTABLE = True
CADENCE = "daily"

_URL = "https://security.access.redhat.com/data/csaf/v2/vex/archive_latest.txt"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the document that names the newest archive."""
    return (FeedDocument(_URL, pointer=True),) if store.startswith("rhel-") else ()
