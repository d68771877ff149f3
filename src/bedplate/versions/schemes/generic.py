"""Versions of which nothing is known but that they are versions.

Numbers count as numbers, words for prereleases come before the release, other words after it:
what most people mean by `1.2b1`, `1.2-rc1`, `1.2`, `1.2a`, `1.2.1`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions import comparators

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "generic"
FLOOR: SortKey = ()

_VERSION = re.compile(r"[A-Za-z]{0,12}[-_. ]?([0-9][!-~]*)")
_PART = re.compile(r"[0-9]+|[a-z]+|~")
_EARLY, _END, _WORD, _NUMBER = range(4)
_BEFORE_RELEASE = {"~": 0, "dev": 0, "snapshot": 0, "alpha": 1, "beta": 2, "pre": 3, "rc": 4}
_BEFORE_RELEASE |= {"preview": 3, "cr": 4}


def key(version: str, /) -> SortKey:
    """Give numbers and words; a short word in front (`v`, `go`, `jdk-`) does not count."""
    match = _VERSION.fullmatch(version.strip())
    if match is None:
        raise InvalidVersion(f"not a version: {version!r}")
    text = match[1].partition("+")[0].lower()
    return (*map(_place, _PART.findall(text)), (_END,))


def _place(part: str) -> tuple[int, ...] | tuple[int, str]:
    if part.isdigit():
        return _NUMBER, int(part)
    if part in _BEFORE_RELEASE:
        return _EARLY, _BEFORE_RELEASE[part]
    return _WORD, part


# `>= 1.0, < 2.0`, with `||` between alternatives
parse_range = partial(comparators.parse, key)
