"""npm: semantic versions, and the ranges of node-semver.

Source: https://github.com/npm/node-semver
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bedplate.versions import node_range, semantic
from bedplate.versions.comparators import admits

if TYPE_CHECKING:
    from bedplate.versions.comparators import Comparator
    from bedplate.versions.scheme import Condition, SortKey

NAME = "npm"
FLOOR: SortKey = ()


def key(version: str, /) -> SortKey:
    """Give the numbers, then the prerelease; `1.2.3beta` is read as `1.2.3-beta`."""
    return semantic.key(version, loose=True)


def parse_range(text: str, /, *, prereleases: bool) -> Condition:
    """Read `^1.2 || ~2.3.4 || 3.x || 4.0.0 - 5.0.0 || >=6 <7`."""
    alternatives = tuple(
        node_range.parse_alternative(part, prereleases=prereleases) for part in text.split("||")
    )
    return partial(admits if prereleases else _admits_named, alternatives)


def _admits_named(alternatives: tuple[tuple[Comparator, ...], ...], key: SortKey) -> bool:
    """Leave out prereleases of versions of which the alternative names no prerelease."""
    if semantic.is_prerelease(key):
        alternatives = tuple(one for one in alternatives if _names_prerelease(one, key))
    return admits(alternatives, key)


def _names_prerelease(comparators: tuple[Comparator, ...], key: SortKey) -> bool:
    return any(bound[0] == key[0] and semantic.is_prerelease(bound) for _, bound in comparators)
