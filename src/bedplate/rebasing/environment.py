"""Environment variables of an image, carried over to another base."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def merge_environment(
    own: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> tuple[str, ...]:
    """Lay what an image changed of its old base's variables over those of the new base.

    A list that was lengthened (`PATH=/app/bin:$PATH`) is lengthened again, around the value
    of the new base.

    Args:
        own, before, after: `NAME=value` lines of the image, its old base and its new base.
    """
    mine, old = dict(map(_split, own)), dict(map(_split, before))
    result = dict(map(_split, after))
    for name, value in mine.items():
        if old.get(name) != value:
            result[name] = _around(value, old.get(name), result.get(name))
    for name in old.keys() - mine.keys():
        result.pop(name, None)
    return tuple(f"{name}={value}" for name, value in result.items())


def _split(line: str) -> tuple[str, str]:
    name, _, value = line.partition("=")
    return name, value


def _around(value: str, old: str | None, new: str | None) -> str:
    """Put the new base's list into the place of the old one's within a longer list."""
    if not old or not new:
        return value
    parts, part = value.split(":"), old.split(":")
    for at in range(len(parts) - len(part) + 1):
        if parts[at : at + len(part)] == part:
            return ":".join((*parts[:at], new, *parts[at + len(part) :]))
    return value
