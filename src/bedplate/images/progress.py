"""How long reads tell that they are alive."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told while layers stream by; called from several threads."""

    def advance(self, item: str, done: int, total: int | None) -> None:
        """Say how far an item is.

        Args:
            item: the short name of the layer.
            done: bytes read so far; equal to `total` when finished.
            total: bytes in all, None when not known.
        """
        ...


class Silent:
    """The progress that says nothing."""

    def advance(self, item: str, done: int, total: int | None) -> None:
        """Say nothing."""
