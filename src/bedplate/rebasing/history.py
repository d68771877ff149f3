"""The history of an image with that of another base below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Steps = list[dict[str, Any]]


def splice_history(own: Steps, before: Steps, after: Steps, counts: tuple[int, int, int]) -> Steps:
    """Put the steps of the new base in the place of those of the old one.

    Args:
        own, before, after: of the image, its old base and its new base.
        counts: how many layers each of the three has.

    Returns:
        none at all when a history does not fit its layers, which the specification allows
        and a wrong history would not be.
    """
    total, below, new = counts
    if _layers(own) != total or _layers(after) != new:
        return []
    if before and own[: len(before)] == before:
        return [*after, *own[len(before) :]]
    seen = 0
    for at, step in enumerate(own):
        if seen == below and not step.get("empty_layer"):
            return [*after, *own[at:]]
        seen += not step.get("empty_layer")
    return list(after)


def _layers(steps: Sequence[dict[str, Any]]) -> int:
    return sum(not step.get("empty_layer") for step in steps)
