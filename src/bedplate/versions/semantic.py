"""The grammar of semantic versions, which several schemes share.

Source: semver.org 2.0.0, with what packages out there do: fewer or more than three numbers,
a leading `v` or `=`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.versions.scheme import SortKey

PRERELEASE = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
BUILD = r"(?:\+[0-9A-Za-z.+_-]*)?"
_VERSION = re.compile(rf"[v=\s]*([0-9]+(?:\.[0-9]+)*)(?:-({PRERELEASE}))?{BUILD}", re.IGNORECASE)
_LOOSE = re.compile(
    rf"[v=\s]*([0-9]+(?:\.[0-9]+)*)(?:(?:-|(?=[A-Za-z]))({PRERELEASE}))?{BUILD}", re.IGNORECASE
)
_BEFORE_PRERELEASES, _PRERELEASE, _RELEASE = -1, 0, 1


def key(version: str, *, loose: bool = False) -> SortKey:
    """Give the place of a version: its numbers, then its prerelease.

    Args:
        version: the version; build metadata after `+` does not count.
        loose: take `1.2.3beta` for `1.2.3-beta`.

    Raises:
        InvalidVersion: not a semantic version.
    """
    match = (_LOOSE if loose else _VERSION).fullmatch(version.strip())
    if match is None:
        raise InvalidVersion(f"not a semantic version: {version!r}")
    return place(map(int, match[1].split(".")), match[2])


def place(numbers: Iterable[int], prerelease: str | None = None) -> SortKey:
    """Give the place of a version that is known by its parts; zeros at the end do not count."""
    mark: SortKey = (_RELEASE,)
    if prerelease:
        mark = (_PRERELEASE, *map(_identifier, prerelease.split(".")))
    return trimmed(numbers), mark


def trimmed(numbers: Iterable[int]) -> tuple[int, ...]:
    """Drop zeros at the end: `1.0` and `1.0.0` are the same."""
    kept = list(numbers)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def before(numbers: Iterable[int]) -> SortKey:
    """Give a place before all prereleases of a version."""
    return trimmed(numbers), (_BEFORE_PRERELEASES,)


def is_prerelease(place: SortKey) -> bool:
    """Tell whether a key of this module is that of a prerelease."""
    return bool(place[1][0] == _PRERELEASE)


def _identifier(text: str) -> tuple[int, int | str]:
    return (0, int(text)) if text.isdigit() else (1, text)
