"""Ranges in the notation of intervals: `[1.0,2.0)`, `(,1.0]`, `[1.0]`, and lists of them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions.comparators import OPERATORS, admits, any_of, parse_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.versions.comparators import Comparator
    from bedplate.versions.scheme import Condition, SortKey

_INTERVAL = re.compile(r"\s*([\[(])([^\[\](),]*)(?:(,)([^\[\](),]*))?([\])])\s*,?")
_OPENING = {"[": ">=", "(": ">"}
_CLOSING = {"]": "<=", ")": "<"}


def parse(key: Callable[[str], SortKey], text: str, *, bare: str, prereleases: bool) -> Condition:
    """Read a list of intervals, of which one must hold a version.

    Comparisons (`>=1.0,<2.0`) are read too, as advisories write them for every ecosystem.

    Args:
        key: the scheme's.
        text: the range.
        bare: what a version by itself means, as a comparison: `=`, `>=`.
        prereleases: makes no difference in this notation.

    Raises:
        InvalidVersion: unbalanced, or a bound that is no version.
    """
    if not text.strip().startswith(("[", "(")):
        return any_of(partial(parse_list, key, bare=bare), text, prereleases=prereleases)
    found, position = [], 0
    while position < len(text):
        match = _INTERVAL.match(text, position)
        if match is None:
            raise InvalidVersion(f"not a list of intervals: {text!r}")
        found.append(_interval(key, match))
        position = match.end()
    return partial(admits, tuple(found))


def _interval(key: Callable[[str], SortKey], match: re.Match[str]) -> tuple[Comparator, ...]:
    opening, low, comma, high, closing = match.groups()
    low, high = low.strip(), (high or "").strip()
    if not comma:
        if (opening, closing) != ("[", "]"):
            raise InvalidVersion(f"an interval of one version is written [1.0]: {match[0]!r}")
        return ((OPERATORS["="], key(low)),)
    bounds = ((_OPENING[opening], low), (_CLOSING[closing], high))
    return tuple((OPERATORS[sign], key(bound)) for sign, bound in bounds if bound)
