"""What is wrong with a Dockerfile that can be parsed all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bedplate.model.span import Span


class Problem(NamedTuple):
    """One complaint.

    Args:
        message: what is wrong, in a few words.
        span: where.
        line: from 1.
        warning: BuildKit builds it all the same.
    """

    message: str
    span: Span
    line: int
    warning: bool = False
