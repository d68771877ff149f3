"""Lines and columns of a stretch of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.model.violation import Violation


class Place(NamedTuple):
    """Where a violation stands.

    Args:
        line: of the first marked character, from 1.
        column: of that character, from 1.
        end_line: of the last marked character.
        end_column: after that character, from 1.
        text: the first line, without its end.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def place_of(violation: Violation, text: str) -> Place:
    """Find the place of a violation in the text of its file."""
    start, end = violation.span
    first = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", first)
    line = text.count("\n", 0, start) + 1
    last = text.rfind("\n", 0, end) + 1
    return Place(
        line=line,
        column=start - first + 1,
        end_line=line + text.count("\n", start, end),
        end_column=end - last + 1,
        text=text[first : len(text) if stop < 0 else stop].rstrip("\r"),
    )
