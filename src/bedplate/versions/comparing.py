"""Which of two versions is newer, and whether one is in a range."""

from __future__ import annotations

from bedplate.errors import InvalidVersion
from bedplate.versions.keys import condition, key, place


def compare(scheme: str, a: str, b: str) -> int:
    """Tell the order of two versions.

    Args:
        scheme: a scheme, package URL type, OSV ecosystem or distribution: `deb`, `pypi`.
        a: a version.
        b: another of the same scheme.

    Returns:
        -1 when `a` is older, 0 when they are equal, 1 when `a` is newer.

    Raises:
        InvalidVersion: one of them is not a version of this scheme.
    """
    left, right = key(scheme, a), key(scheme, b)
    return (left > right) - (left < right)


def in_range(scheme: str, version: str, text: str, *, prereleases: bool = False) -> bool | None:
    """Tell whether a version is in a range, written as its packaging system writes ranges.

    Args:
        scheme: as for `compare`.
        version: the version.
        text: the range: `^1.2 || 2.x` of npm, `~> 1.4` of gems, `[1,2)` of Maven.
        prereleases: count prereleases as in when the range surrounds them, as is right for
            vulnerabilities; npm itself does so only when the range names one.

    Returns:
        None when the version can't be parsed, or has no place among ranges (a branch).

    Raises:
        InvalidVersion: the range can't be parsed.
    """
    admits = condition(scheme, text, prereleases=prereleases)
    try:
        return admits(place(scheme, version))
    except InvalidVersion:
        return None
