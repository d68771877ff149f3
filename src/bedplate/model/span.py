"""A stretch of a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """The characters `text[start:end]`.

    Args:
        start: offset of the first character, from 0.
        end: offset after the last character; equal to `start` for a place between two.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the characters that the span covers."""
        return text[self.start : self.end]
