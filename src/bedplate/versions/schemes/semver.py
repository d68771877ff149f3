"""Semantic versions: Cargo, Hex, Pub, Swift, Bitnami.

Source: https://semver.org/spec/v2.0.0.html, item 11.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bedplate.versions import comparators, semantic

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "semver"
FLOOR: SortKey = ()


def key(version: str, /) -> SortKey:
    """Give the numbers, then the prerelease."""
    return semantic.key(version)


# `>= 1.0.0, < 2.0.0`, with `||` between alternatives
parse_range = partial(comparators.parse, key)
