"""An issue of a repository."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as the forge has it.

    Args:
        number: as people name it.
        url: its page.
        title: one line.
        body: Markdown.
        open: False when it was closed.
        author: user name.
    """

    number: int
    url: str
    title: str
    body: str
    open: bool = True
    author: str = ""
