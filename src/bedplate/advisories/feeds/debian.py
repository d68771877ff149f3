"""The Debian security tracker: every CVE's state in every release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "debian"
TITLE = "Debian security tracker"
LICENCE = "none stated"
REDISTRIBUTABLE = True
CADENCE = "minutes"

_URL = "https://security-tracker.debian.org/tracker/data/json"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the one document, which holds all releases."""
    return (FeedDocument(_URL),) if store.startswith("debian-") else ()
