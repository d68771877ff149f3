"""The value of a variable, and where its pieces stand."""

from __future__ import annotations

from typing import NamedTuple


class Fragment(NamedTuple):
    """A piece of an expanded text.

    Args:
        text: the piece.
        start: offset in the source of its first character; the others follow it one by one.
            Negative when the piece does not stand in the source as it is.
        argument: the variable whose value holds it; empty when it stands in the word itself.
    """

    text: str
    start: int = -1
    argument: str = ""


class Value(NamedTuple):
    """The value of a variable.

    Args:
        fragments: its pieces, in order.
    """

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The value in one piece."""
        return "".join([fragment.text for fragment in self.fragments])

    def part(self, start: int, end: int) -> Value:
        """Cut out characters `start` to `end`; what remains still knows where it stands."""
        kept: list[Fragment] = []
        offset = 0
        for fragment in self.fragments:
            size = len(fragment.text)
            first, last = max(start - offset, 0), min(end - offset, size)
            if first < last:
                place = fragment.start + first if fragment.start >= 0 else -1
                kept.append(Fragment(fragment.text[first:last], place, fragment.argument))
            offset += size
        return Value(tuple(kept))
