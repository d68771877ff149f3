"""The contract of an entry on the shelf `feeds/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from bedplate.advisories.feed_document import FeedDocument


class Feed(Protocol):
    """One publisher's files, and which stores are made of them.

    TITLE is for people. LICENCE is an SPDX expression, or the terms in a few words.
    REDISTRIBUTABLE says whether copies may be handed on: exported, pushed, embedded. CADENCE is
    how often the publisher changes it, in words.
    """

    NAME: str
    TITLE: str
    LICENCE: str
    REDISTRIBUTABLE: bool
    CADENCE: str

    def documents(self, store: str, today: date, /) -> tuple[FeedDocument, ...]:
        """List the documents that a store is made of; none when this feed is not for it.

        Args:
            store: `debian-12`, `npm`, `epss`, ...
            today: for documents that go by year or day.
        """
        ...
