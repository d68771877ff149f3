"""Ruby gems: numbers and words between dots; a word makes a prerelease.

Source: `Gem::Version` and `Gem::Requirement` of RubyGems.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions.comparators import OPERATORS, any_of

if TYPE_CHECKING:
    from bedplate.versions.comparators import Comparator
    from bedplate.versions.scheme import SortKey

NAME = "gem"
FLOOR: SortKey = ()

_VERSION = re.compile(r"\s*([0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?\s*")
_SEGMENT = re.compile(r"[0-9]+|[A-Za-z]+")
_REQUIREMENT = re.compile(r"\s*(~>|[<>!]?=|[<>])?\s*([0-9A-Za-z.-]+)\s*")
_BEFORE_PRERELEASES, _WORD, _END, _NUMBER = range(-1, 3)

_Segments = list[int | str]


def key(version: str, /) -> SortKey:
    """Give the segments, so that zeros at the end of the numbers or of all do not count."""
    return (*_places(_segments(version)), (_END,))


def _segments(version: str) -> _Segments:
    match = _VERSION.fullmatch(version)
    if match is None:
        raise InvalidVersion(f"not a gem version: {version!r}")
    text = (match[1] or "0").replace("-", ".pre.")
    return [int(s) if s.isdigit() else s for s in _SEGMENT.findall(text)]


def _places(segments: _Segments) -> list[tuple[int, ...] | tuple[int, int, str]]:
    """Count each run of zeros with the segment after it.

    The end stands for zeros without end, so what comes after more zeros is closer to it.
    """
    numbers = _leading_numbers(segments)
    words = segments[len(numbers) :]
    while numbers and not numbers[-1]:
        numbers.pop()
    places: list[tuple[int, ...] | tuple[int, int, str]] = []
    zeros = 0
    for segment in (*numbers, *words):
        if segment == 0:
            zeros += 1
            continue
        if isinstance(segment, str):
            places.append((_WORD, zeros, segment))
        else:
            places.append((_NUMBER, -zeros, segment))
        zeros = 0
    return places


def _leading_numbers(segments: _Segments) -> list[int]:
    numbers: list[int] = []
    for segment in segments:
        if isinstance(segment, str):
            break
        numbers.append(segment)
    return numbers


def _all_of(text: str) -> tuple[Comparator, ...]:
    return tuple(c for part in text.split(",") if part.strip() for c in _requirement(part))


def _requirement(text: str) -> tuple[Comparator, ...]:
    match = _REQUIREMENT.fullmatch(text)
    if match is None:
        raise InvalidVersion(f"not a requirement of gems: {text!r}")
    sign, version = match.groups()
    if sign != "~>":
        return ((OPERATORS[sign or "="], key(version)),)
    return (OPERATORS[">="], key(version)), (OPERATORS["<"], _bumped(version))


def _bumped(version: str) -> SortKey:
    """Give the place before all prereleases of what `~>` excludes: 2 for 1.4, 1.5 for 1.4.2."""
    numbers = _leading_numbers(_segments(version))
    if len(numbers) > 1:
        numbers.pop()
    return (*_places([*numbers[:-1], numbers[-1] + 1]), (_BEFORE_PRERELEASES,))


# requirements that must all hold, `>= 1.0, != 1.3, ~> 1.4`, or `||` between lists
parse_range = partial(any_of, _all_of)
