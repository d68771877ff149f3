"""What is needed by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def reach(starts: Iterable[str], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """Give everything that can be reached from some places, themselves included.

    Args:
        starts: where to begin.
        needs: what one place needs directly; asked once for each.
    """
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting.extend(needs(place))
    return seen
