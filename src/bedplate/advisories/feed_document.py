"""A document that a feed publishes."""

from __future__ import annotations

from typing import NamedTuple


class FeedDocument(NamedTuple):
    """A document of a feed.

    Args:
        url: its address.
        pointer: the document is a line of text that names the real one, which lies beside it.
        optional: a feed without it is whole; some releases have no such document.
    """

    url: str
    pointer: bool = False
    optional: bool = False
