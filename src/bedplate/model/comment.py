"""A comment below a change request or an issue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as the forge has it.

    Args:
        key: the forge's identifier.
        body: Markdown.
        author: user name.
    """

    key: int
    body: str
    author: str = ""
