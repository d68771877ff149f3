"""Text that knows where in a file each of its characters stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Located:
    """A decoded value with the place of each character.

    Args:
        text: the value, escapes and folds undone.
        starts: offset in the file of the first character that stands for `text[i]`; negative
            where it does not stand in the file.
        ends: offset behind the last one.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def at(cls, text: str, start: int) -> Located:
        """Give text that stands in the file as it is."""
        size = len(text)
        return cls(text, range(start, start + size), range(start + 1, start + size + 1))

    @classmethod
    def nowhere(cls, text: str) -> Located:
        """Give text that does not stand in the file, such as the value of a variable."""
        return cls(text, [_NOWHERE] * len(text), [_NOWHERE] * len(text))

    def __getitem__(self, part: slice) -> Located:
        return Located(self.text[part], self.starts[part], self.ends[part])

    def __add__(self, other: Located) -> Located:
        return Located(
            self.text + other.text,
            [*self.starts, *other.starts],
            [*self.ends, *other.ends],
        )

    def strip(self) -> Located:
        """Take white space off both ends."""
        left = len(self.text) - len(self.text.lstrip())
        return self[left : left + len(self.text.strip())]

    def span(self) -> Span | None:
        """Give the range in the file; None when it does not stand there letter by letter."""
        if not self.text or self.starts[0] < 0:
            return None
        first, size = self.starts[0], len(self.text)
        is_whole = isinstance(self.starts, range) or (
            list(self.starts) == list(range(first, first + size))
            and list(self.ends) == list(range(first + 1, first + size + 1))
        )
        return Span(first, first + size) if is_whole else None

    def place(self, span: Span) -> Span:
        """Give the range in the file of some characters, of none too: where they would stand."""
        if span.start < span.end:
            return self[span.start : span.end].outline()
        if span.start < len(self.starts):
            offset = self.starts[span.start]
        else:
            offset = self.ends[-1] if self.text else 0
        return Span(max(offset, 0), max(offset, 0))

    def outline(self) -> Span:
        """Give the range from the first to the last character that stands in the file."""
        starts = [one for one in self.starts if one >= 0]
        ends = [one for one in self.ends if one >= 0]
        return Span(min(starts), max(ends)) if starts else Span(0, 0)
