"""A change of a text, and a repair made of such changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.model.span import Span


class Edit(NamedTuple):
    """Put a new text where a span of the old one was.

    Args:
        span: what goes; an empty span is a place where something is put in.
        text: what comes.
    """

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that make a violation go away, all of them or none.

    Args:
        edits: they do not overlap.
        safe: whether the built image stays the same, but for what the rule is about.
    """

    edits: tuple[Edit, ...]
    safe: bool = True
