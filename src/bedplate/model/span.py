"""A range of characters in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of a text, `end` not included.

    Args:
        start: offset of the first character, from 0.
        end: offset behind the last one.
    """

    start: int
    end: int
