"""Go: modules (`v1.2.3`, pseudo-versions, `+incompatible`) and toolchains (`go1.25rc1`).

Source: https://go.dev/ref/mod#versions, and the standard library's `go/version`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.versions import comparators, semantic

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "go"
FLOOR: SortKey = ()

# a toolchain as `go version` prints it, with what a vendor or an experiment adds
_TOOLCHAIN = re.compile(
    r"go([0-9]+(?:\.[0-9]+){0,2})(?:(alpha|beta|rc)([0-9]+))?(?:[-\s].*)?"
    r"|([0-9]+\.[0-9]+)(?:(alpha|beta|rc)([0-9]+))?"
)
# since Go 1.21 the first release is `1.21.0`, and `1.21` is the language, older than `1.21rc1`
_FIRST_WITH_PATCH = (1, 21)


def key(version: str, /) -> SortKey:
    """Give the numbers, then the prerelease."""
    match = _TOOLCHAIN.fullmatch(version.strip())
    if match is None:
        return semantic.key(version)
    numbers = tuple(map(int, (match[1] or match[4]).split(".")))
    kind, number = match[2] or match[5], match[3] or match[6]
    if kind:
        return semantic.place(numbers, f"{kind}.{number}")
    is_language = len(numbers) == 2 and numbers[0] == 1 and numbers >= _FIRST_WITH_PATCH
    return semantic.before(numbers) if is_language else semantic.place(numbers)


# `>= 1.2.0, < 1.3.0`, with `||` between alternatives
parse_range = partial(comparators.parse, key)
