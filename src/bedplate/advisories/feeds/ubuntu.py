"""Ubuntu's own OSV records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "ubuntu"
TITLE = "Ubuntu CVE tracker"
LICENCE = "CC-BY-SA-4.0"
REDISTRIBUTABLE = True
CADENCE = "daily"

_URL = "https://security-metadata.canonical.com/osv/osv-all.tar.xz"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the one archive, which holds all releases."""
    return (FeedDocument(_URL),) if store.startswith("ubuntu-") else ()
