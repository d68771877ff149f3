"""FriendsOfPHP: vulnerabilities of Composer packages, some of which GitHub does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "php"
TITLE = "FriendsOfPHP security advisories"
LICENCE = "Unlicense"
REDISTRIBUTABLE = True
CADENCE = "with every commit"

_URL = "https://github.com/FriendsOfPHP/security-advisories/archive/refs/heads/master.tar.gz"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List the repository, which has one file for each vulnerability."""
    return (FeedDocument(_URL),) if store == "composer" else ()
