"""Ranges made of comparisons: all of a list, or one of several lists."""

from __future__ import annotations

import operator
import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.versions.scheme import Condition, SortKey

    Comparator = tuple[Callable[[SortKey, SortKey], bool], SortKey]

OPERATORS: dict[str, Callable[[SortKey, SortKey], bool]] = {
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">>": operator.gt,
    ">=": operator.ge,
}
_OR = re.compile(r"\|\|?")
_ITEM = re.compile(r"\s*([<>=!]{0,2})\s*([^\s<>=!,|]+)\s*,?\s*")


def admits(alternatives: tuple[tuple[Comparator, ...], ...], key: SortKey) -> bool:
    """Tell whether all comparisons of one of the alternatives hold."""
    return any(all(holds(key, bound) for holds, bound in one) for one in alternatives)


def parse(key: Callable[[str], SortKey], text: str, *, prereleases: bool) -> Condition:
    """Read `>= 1.0, < 2.0 || = 3.0`, as GitHub's advisories and others write it.

    `*` and an empty text admit every version.

    Raises:
        InvalidVersion: an unknown operator, or a bound that is no version.
    """
    return any_of(partial(parse_list, key), text, prereleases=prereleases)


def any_of(
    read: Callable[[str], tuple[Comparator, ...]], text: str, *, prereleases: bool
) -> Condition:
    """Read alternatives between `||`, each by `read`."""
    del prereleases  # in this notation they are versions like any other
    return partial(admits, tuple(read(part) for part in _OR.split(text)))


def parse_list(key: Callable[[str], SortKey], text: str, bare: str = "=") -> tuple[Comparator, ...]:
    """Read `>= 1.0, < 2.0`; a version without an operator is compared by `bare`."""
    found: list[Comparator] = []
    position = len(text) if text.strip() in ("", "*") else 0
    while position < len(text):
        match = _ITEM.match(text, position)
        compares = OPERATORS.get(match[1] or bare) if match else None
        if match is None or compares is None:
            raise InvalidVersion(f"not a range of versions: {text!r}")
        found.append((compares, key(match[2])))
        position = match.end()
    return tuple(found)
