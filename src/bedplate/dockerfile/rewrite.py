"""Edits of a text: what is not edited stays as it is, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.span import Span


def rewrite(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """Put new text in the place of stretches of a text.

    Args:
        text: the source that the spans count in.
        edits: each a stretch and what is to stand there; an empty stretch is an insertion. In
            any order; the same edit may come twice.

    Raises:
        ValueError: two edits overlap, or one lies outside of the text.
    """
    parts: list[str] = []
    copied = 0
    # Once for an edit that two findings ask for: an ARG default that two FROMs use.
    for span, new in sorted(set(edits)):
        if not copied <= span.start <= span.end <= len(text):
            raise ValueError(f"the edit at {span.start}..{span.end} overlaps another or the end")
        parts += (text[copied : span.start], new)
        copied = span.end
    return "".join([*parts, text[copied:]])
