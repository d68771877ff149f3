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
