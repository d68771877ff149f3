"""Searches in a content that streams by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.want import Want

_BEFORE, _AFTER = 256, 4096  # bytes around a needle in which the whole match must lie
_MAX_HITS = 10_000
_BUFFERED_SEARCH = 16 * 1024 * 1024


def search_pieces(wants: list[Want], pieces: Iterable[bytes]) -> bytes | None:
    """Give what the first search that succeeds finds in a content that streams by."""
    searches = [_Search(want) for want in wants]
    for piece in pieces:
        for search in searches:
            if (hit := search.feed(piece)) is not None:
                return hit
        if all(search.finished for search in searches):
            break
    for search in searches:
        if (hit := search.end()) is not None:
            return hit
    return None


class _Search:
    """One search over a stream; holds an overlap, or a bounded buffer when it has no needle."""

    def __init__(self, want: Want) -> None:
        self._want = want
        self._pattern = re.compile(want.search or b"", re.DOTALL)
        self._tail = b""
        self._seen = 0
        self._hits = 0
        self.finished = False

    def feed(self, piece: bytes) -> bytes | None:
        """Look at the next piece."""
        if self.finished:
            return None
        self._seen += len(piece)
        self.finished = self._seen >= self._want.limit
        window = self._tail + piece
        if not self._want.needle:
            self._tail = window[:_BUFFERED_SEARCH]
            return None
        hit, rest = self._scan(window, last=False)
        self._tail = window[rest:]
        return hit

    def end(self) -> bytes | None:
        """Look at what is left when no more comes."""
        if not self._want.needle:
            return self._match(self._tail)
        return self._scan(self._tail, last=True)[0]

    def _scan(self, window: bytes, *, last: bool) -> tuple[bytes | None, int]:
        """Try every needle whose surroundings are there; tell from where to look again."""
        needle = self._want.needle
        at = window.find(needle)
        while at >= 0:
            if not last and at + _AFTER > len(window):
                return None, max(0, at - _BEFORE)
            self._hits += 1
            if self._hits > _MAX_HITS:
                self.finished = True
                return None, len(window)
            hit = self._match(window[max(0, at - _BEFORE) : at + _AFTER])
            if hit is not None:
                return hit, len(window)
            at = window.find(needle, at + 1)
        return None, max(0, len(window) - _BEFORE - len(needle))

    def _match(self, content: bytes) -> bytes | None:
        match = self._pattern.search(content)
        if match is None:
            return None
        return match.group(1) if self._pattern.groups else match.group(0)
