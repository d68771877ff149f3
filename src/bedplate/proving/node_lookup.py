"""How packages find each other by name: as Node.js looks them up in nested folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_MAX_DEPTH = 64


def look_up(
    names: Iterable[str], place: str, there: Container[str], *, folder: str = "node_modules/"
) -> dict[str, str]:
    """Find the packages that one package means by some names.

    Args:
        names: of packages.
        place: key of the package that asks; empty for the project.
        there: every key.
        folder: what stands in keys before the name: `a/node_modules/b`.

    Returns:
        key by name; an empty one for what is not there.
    """
    return {name: _key(name, place, there, folder) for name in names}


def _key(name: str, place: str, there: Container[str], folder: str) -> str:
    for _ in range(_MAX_DEPTH):
        key = f"{place}/{folder}{name}" if place else f"{folder}{name}"
        if key in there:
            return key
        if not place:
            break
        place = place.rpartition(f"/{folder}" if folder else "/")[0]
    return ""
