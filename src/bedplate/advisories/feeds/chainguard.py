"""Chainguard's security database. Its licence forbids handing it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "chainguard"
TITLE = "Chainguard advisories"
LICENCE = "CC-BY-NC-ND-4.0"
REDISTRIBUTABLE = False
CADENCE = "hours"

_URL = "https://packages.cgr.dev/chainguard/security.json"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the one document."""
    return (FeedDocument(_URL),) if store == NAME else ()
