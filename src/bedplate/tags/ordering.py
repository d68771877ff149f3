"""Which of two tags is newer."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from bedplate.tags.words import label_rank

if TYPE_CHECKING:
    from bedplate.model.tag import Tag

_ANY = float("inf")
_COMPLETE = 3  # numbers of a version that does not move on
# Windows names long-term releases by year, and others by year and month or by build
_WINDOWS_BUILDS = {"sac2016": (14393,), "ltsc2016": (14393,), "1709": (16299,), "1803": (17134,)}
_WINDOWS_BUILDS |= {"1809": (17763,), "ltsc2019": (17763,), "1903": (18362,), "1909": (18363,)}
_WINDOWS_BUILDS |= {"2004": (19041,), "20H2": (19042,), "ltsc2022": (20348,), "ltsc2025": (26100,)}


def compare(first: Tag, second: Tag) -> int:
    """Give -1, 0 or 1: whether the first is older, as new, or newer.

    By version, then pre-release, then build, then release of the distribution. A version of one
    or two numbers is newer than those that it stands for: `3.12` moves on with the newest
    `3.12.x`; with a build behind it, it stands for nothing but itself. The words are not looked
    at: tags of different variants can be compared.
    """
    one, other = sort_key(first), sort_key(second)
    return (one > other) - (one < other)


def sort_key(tag: Tag) -> tuple[object, ...]:
    """Give what tags are sorted by; the oldest first."""
    return (
        version_key(tag.version, built=bool(tag.build)),
        label_rank(tag.label),
        tag.build,
        release_key(tag.release),
    )


def version_key(version: tuple[int, ...], *, built: bool) -> tuple[float, ...]:
    """Give what versions are sorted by.

    Args:
        version: its numbers; empty when there are none.
        built: whether a build or date follows, so that it stands for nothing but itself.
    """
    return version if built or not 0 < len(version) < _COMPLETE else (*version, _ANY)


def release_key(release: str) -> tuple[int, ...]:
    """Order releases of one distribution: `3.9` is older than `3.21`, `1809` than `ltsc2022`."""
    known = _WINDOWS_BUILDS.get(release)
    if known:
        return known
    numbers = tuple(int(part) for part in release.split(".") if part.isdigit())
    return numbers[2:] if len(numbers) == 4 and numbers[:2] == (10, 0) else numbers


def newer_as_far_as_named(tag: Tag, than: Tag) -> bool:
    """Tell whether the numbers that both name are higher: `2.5` than `2.4.2`, but not `2.4`."""
    pairs = zip_longest(tag.version or tag.build, than.version or than.build)
    for mine, theirs in pairs:
        if mine is None or theirs is None:
            return False
        if mine != theirs:
            return bool(mine > theirs)
    return False
