"""Physical lines joined at their continuations, with the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from bedplate.model.span import Span


class LogicalLine(NamedTuple):
    """One instruction's text.

    Args:
        text: the lines joined, escapes at their ends taken out.
        joints: offsets in `text` where a physical line begins; the first is 0.
        starts: offsets in the source of those places.
    """

    text: str
    joints: tuple[int, ...]
    starts: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Give the offset in the source of a character of `text`."""
        if len(self.joints) == 1:
            return self.starts[0] + offset
        piece = bisect_right(self.joints, offset) - 1
        return self.starts[piece] + offset - self.joints[piece]

    def span(self, start: int, end: int) -> Span:
        """Give the stretch of the source from one character of `text` to another."""
        joints, starts = self.joints, self.starts
        if len(joints) == 1:
            base = starts[0]
            return Span(base + start, base + end)
        first = self.at(start)
        return Span(first, self.at(end - 1) + 1 if end > start else first)
