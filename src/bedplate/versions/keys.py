"""Versions to keys, once per version."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions.names import scheme

if TYPE_CHECKING:
    from bedplate.versions.scheme import Condition, SortKey

# longer than any version or range in public advisories; below it all schemes are fast
MAX_LENGTH = 1000


@lru_cache(maxsize=16384)
def key(name: str, version: str) -> SortKey:
    """Give the place of a version in the order of its scheme.

    Args:
        name: as for `scheme`.
        version: as the packaging system writes it.

    Raises:
        InvalidVersion: an unknown scheme, or not a version of it.
    """
    _check_length(version)
    return scheme(name).key(version)


def place(name: str, version: str) -> SortKey:
    """Give the key of a version that can be in a range or out of it.

    Raises:
        InvalidVersion: as `key`, and for a branch and the like.
    """
    found = key(name, version)
    if found < scheme(name).FLOOR:
        raise InvalidVersion(f"not in any range: {version!r}")
    return found


@lru_cache(maxsize=4096)
def condition(name: str, text: str, *, prereleases: bool) -> Condition:
    """Give the test of a range, for keys of its scheme."""
    _check_length(text)
    return scheme(name).parse_range(text, prereleases=prereleases)


def _check_length(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise InvalidVersion(f"longer than a version can be: {text[:40]!r}...")
