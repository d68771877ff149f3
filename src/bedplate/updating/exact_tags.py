"""A floating tag -> tags that could be its exact name, the likeliest first.

This only orders questions: which of them is the name is told by their digests.

    20-alpine      20.20.2-alpine3.23, 20.20.2-alpine, 20.20.1-alpine3.23, ...
    latest         26.5.0, 26.4.0, ...
    bookworm-slim  bookworm-20260803-slim, ...
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_VERSION = re.compile(r"v?([0-9]{1,9}(?:\.[0-9]{1,9}){0,5})(?:_[0-9]{1,9})?")
_WORD = re.compile(r"([a-z_]*)([0-9.]*)")
_DATE = re.compile(r"20[0-9]{6}")
_FLOATING = frozenset(("latest", "stable", "current", "lts", "edge", "mainline", "rolling"))
_LONGEST = 128  # characters of a tag, by the grammar


class _Tag(NamedTuple):
    version: tuple[int, ...]
    words: tuple[str, ...]
    date: str


def candidates(tag: str, tags: Iterable[str]) -> list[str]:
    """List tags that say the same as `tag` and more, the likeliest first.

    They have the same words in the same order, each perhaps with a version behind it, and the
    version of `tag` with more parts behind it; a tag without a version takes any.

    Args:
        tag: the floating one.
        tags: those of its repository.
    """
    wanted = _read(tag)
    found: dict[str, _Tag] = {}
    for other in tags:
        if other != tag and len(other) <= _LONGEST:
            read = _read(other)
            if _is_exacter(read, wanted):
                found[other] = read
    return sorted(found, key=lambda name: (_likelihood(found[name]), name), reverse=True)


def _read(tag: str) -> _Tag:
    first, *rest = tag.split("-")
    match = _VERSION.fullmatch(first)
    version = tuple(int(part) for part in match[1].split(".")) if match else ()
    words = rest if match else [first, *rest]
    dates = [word for word in words if _DATE.fullmatch(word)]
    kept = (word for word in words if word not in dates and word not in _FLOATING)
    return _Tag(version, tuple(kept), dates[0] if dates else "")


def _is_exacter(tag: _Tag, wanted: _Tag) -> bool:
    if len(tag.words) != len(wanted.words) or tag.version[: len(wanted.version)] != wanted.version:
        return False
    if wanted.date and tag.date != wanted.date:
        return False
    if not all(map(_says_as_much, tag.words, wanted.words)):
        return False
    more = len(tag.version) > len(wanted.version) or bool(tag.date) > bool(wanted.date)
    return more or (tag.words != wanted.words and bool(tag.version))


def _says_as_much(word: str, wanted: str) -> bool:
    """Tell whether a word is the wanted one, perhaps with a version: alpine3.23 for alpine."""
    if word == wanted:
        return True
    rest = word.removeprefix(wanted)
    numbered = wanted[-1:].isdigit()
    return rest != word and (rest[:1] == "." if numbered else rest[:1].isdigit())


def _likelihood(tag: _Tag) -> tuple[tuple[int, ...], str, list[tuple[int, ...]]]:
    """Order by version, then by what the words say: alpine3.23 before alpine."""
    versions = []
    for word in tag.words:
        match = _WORD.fullmatch(word)
        parts = match[2].split(".") if match else []
        versions.append(tuple(int(part) for part in parts if part.isdigit() and len(part) < 10))
    return tag.version, tag.date, versions
