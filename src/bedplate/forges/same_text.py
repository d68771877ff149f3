"""Texts as forges keep them: some change line ends and drop blanks at the end."""

from __future__ import annotations


def same_text(ours: str, theirs: str) -> bool:
    """Tell whether a forge already has a text."""
    return _plain(ours) == _plain(theirs)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
