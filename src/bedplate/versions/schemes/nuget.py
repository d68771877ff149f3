"""NuGet: semantic versions with up to four numbers, in which case does not count.

Source: https://learn.microsoft.com/nuget/concepts/package-versioning
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bedplate.versions import intervals, semantic

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "nuget"
FLOOR: SortKey = ()


def key(version: str, /) -> SortKey:
    """Give the numbers, then the prerelease in lower case."""
    return semantic.key(version.lower())


# `[1.0,2.0)`; a version by itself is the lowest one that will do
parse_range = partial(intervals.parse, key, bare=">=")
