"""Alpine's secdb: two files for each branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "alpine"
TITLE = "Alpine secdb"
LICENCE = "none stated"
REDISTRIBUTABLE = True
CADENCE = "hours"

_HOST = "https://secdb.alpinelinux.org"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the repositories of a branch; the oldest branches have no `community`."""
    if not store.startswith("alpine-"):
        return ()
    branch = store.removeprefix("alpine-")
    folder = f"{_HOST}/{branch if branch == 'edge' else f'v{branch}'}"
    return FeedDocument(f"{folder}/main.json"), FeedDocument(
        f"{folder}/community.json", optional=True
    )
