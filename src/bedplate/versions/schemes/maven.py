"""Maven: numbers and qualifiers, between which dots, hyphens and changes of kind count.

Source: https://maven.apache.org/pom.html#version-order-specification, `ComparableVersion`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions import intervals

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "maven"
FLOOR: SortKey = ()

_SEPARATOR = re.compile(r"([.-])")
_DIGITS_OR_NOT = re.compile(r"[0-9]+|[^0-9]+")
_EARLY, _END, _LATE, _HYPHEN_NUMBER, _DOT_NUMBER = range(5)
_BEFORE_RELEASE = ("alpha", "beta", "milestone", "rc", "snapshot")
_RELEASE = ("", "final", "ga", "release")
_SHORT = {"a": "alpha", "b": "beta", "m": "milestone"}  # only with a number right behind
_NULLS = ((_HYPHEN_NUMBER, 0), (_DOT_NUMBER, 0), (_END,))

_Token = tuple[int, ...] | tuple[int, int, str]


def key(version: str, /) -> SortKey:
    """Give the tokens, without what stands for nothing before a qualifier, a hyphen or the end."""
    text = version.strip().lower()
    if not re.fullmatch(r"\S*[0-9]\S*", text):
        raise InvalidVersion(f"not a Maven version: {version!r}")
    tokens: list[_Token] = []
    for separator, piece, attached in _pieces(text):
        token = _token(separator, piece, attached=attached)
        if token[0] != _DOT_NUMBER:
            _drop_nulls(tokens)
        tokens.append(token)
    _drop_nulls(tokens)
    return (*tokens, (_END,))


def _pieces(text: str) -> list[tuple[str, str, bool]]:
    """Split into separator, digits or word, and whether a number is attached to the word."""
    found: list[tuple[str, str, bool]] = []
    separator = "."
    for part in _SEPARATOR.split(text):
        if part in (".", "-"):
            separator = part
            continue
        runs = _DIGITS_OR_NOT.findall(part) or ["0"]
        for position, run in enumerate(runs):
            found.append((separator, run, position + 1 < len(runs)))
            separator = "-"
    return found


def _token(separator: str, piece: str, *, attached: bool) -> _Token:
    if piece[0] in "0123456789":
        return (_DOT_NUMBER if separator == "." else _HYPHEN_NUMBER), int(piece)
    word = _SHORT.get(piece, piece) if attached else piece
    word = "rc" if word == "cr" else word
    if word in _RELEASE:
        return (_END,)
    if word in _BEFORE_RELEASE:
        return _EARLY, _BEFORE_RELEASE.index(word)
    return (_LATE, 0, "") if word == "sp" else (_LATE, 1, word)


def _drop_nulls(tokens: list[_Token]) -> None:
    while tokens and tokens[-1] in _NULLS:
        tokens.pop()


# `[1.0,2.0),[3.0,)`; a version by itself, to Maven a wish, is that version
parse_range = partial(intervals.parse, key, bare="=")
