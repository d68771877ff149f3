"""Alpine, Wolfi, Chainguard: `number{.number}[letter]{_suffix[number]}[~hash][-rnumber]`.

Source: apk-package(5), `apk_version_compare` of apk-tools 3.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions import comparators

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "apk"
FLOOR: SortKey = ()

_VERSION = re.compile(
    r"([0-9]*)((?:\.[0-9]+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)"
    r"(?:~([0-9a-f]+))?(?:-r([0-9]*)\Z)?"
)
# apk orders what it would not let into a repository: by its numbers, or by its only letter
_ORDERED = re.compile(r"\.*[0-9]\S*|[a-z]")
_SUFFIX = re.compile(r"_([a-z]+)([0-9]*)")
_WORD_AND_NUMBER = re.compile(r"([^0-9]*)([0-9]*)")
_BEFORE_RELEASE = ("alpha", "beta", "pre", "rc")
_AFTER_RELEASE = ("cvs", "svn", "git", "hg", "p")
# where two versions differ in the kind of what comes next, this is the order of the kinds
_EARLY, _GARBAGE, _END, _REVISION, _HASH, _SUFFIX_NUMBER, _LATE, _LETTER, _DIGITS = range(9)


def key(version: str, /) -> SortKey:
    """Give the parts of a version, each with its kind.

    What does not belong to a version comes after all that does: `23_foo` is first of all
    compared by its `23`, as apk does.
    """
    text = version.strip()
    match = _VERSION.match(text)
    if match is None or not _ORDERED.fullmatch(text):
        raise InvalidVersion(f"not an apk version: {version!r}")
    first, numbers, letter, suffixes, commit, revision = match.groups()
    parts: list[tuple[object, ...]] = [(_DIGITS, int(first or -1))]
    parts += (_fraction(digits) for digits in numbers.split(".")[1:])
    if letter:
        parts.append((_LETTER, letter))
    for name, number in _SUFFIX.findall(suffixes):
        parts.append(_suffix(name))
        if number:
            parts.append((_SUFFIX_NUMBER, int(number)))
    if commit:
        parts.append((_HASH, commit))
    if revision is not None:
        parts.append((_REVISION, int(revision or 0)))
    return (*parts, *_rest(text[match.end() :]))


def _fraction(digits: str) -> tuple[object, ...]:
    """Numbers that begin with 0 are fractions, read from the left: `1.05` < `1.1`."""
    return (_DIGITS, 0, digits) if digits[0] == "0" else (_DIGITS, 1, int(digits))


def _rest(garbage: str) -> list[tuple[object, ...]]:
    """Compare garbage piece by piece; what follows a hyphen and is no revision does not count."""
    if not garbage:
        return [(_END,)]
    pieces = garbage.partition("-")[0].split(".")
    return [(_GARBAGE, *map(_words_and_numbers, pieces))]


def _words_and_numbers(text: str) -> tuple[tuple[str, int], ...]:
    pairs = _WORD_AND_NUMBER.findall(text)
    return tuple((word, int(number or 0)) for word, number in pairs if word or number)


def _suffix(name: str) -> tuple[object, ...]:
    if name in _BEFORE_RELEASE:
        return _EARLY, _BEFORE_RELEASE.index(name)
    return _LATE, _AFTER_RELEASE.index(name)


# `>= 1, < 2`, with `||` between alternatives
parse_range = partial(comparators.parse, key)
