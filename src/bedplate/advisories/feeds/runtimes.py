"""Language runtimes that no package manager installed, from those who know their branches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.feed_document import FeedDocument

if TYPE_CHECKING:
    from datetime import date

NAME = "runtimes"
TITLE = "Node.js, Ruby, and CPE ranges of CPython, Go, PHP, OpenJDK and others"
LICENCE = "MIT, public domain, CC0-1.0"
REDISTRIBUTABLE = True
CADENCE = "with every commit"

_GITHUB = "https://github.com"


def documents(store: str, _today: date) -> tuple[FeedDocument, ...]:
    """List Node.js's index, and the repositories with one file for each vulnerability."""
    if store != "runtime":
        return ()
    return (
        FeedDocument(
            "https://raw.githubusercontent.com/nodejs/security-wg/main/vuln/core/index.json"
        ),
        FeedDocument(f"{_GITHUB}/rubysec/ruby-advisory-db/archive/refs/heads/master.tar.gz"),
        FeedDocument(f"{_GITHUB}/anchore/nvd-data-overrides/archive/refs/heads/main.tar.gz"),
    )
