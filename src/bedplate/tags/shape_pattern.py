"""A shape -> a pattern that the tags of this shape match, which costs less than reading each."""

from __future__ import annotations

import re

from bedplate.tags.words import LABEL_BEHIND, LABEL_IN_NUMBER

_PLACE_HOLDER = re.compile(r"\{([a-z]+)(\d*)\}")
_NUMBERS = r"\d{1,20}(?:\.\d{1,20})*"
_PATTERNS = {
    "version": rf"({_NUMBERS})(?:{LABEL_IN_NUMBER})?",
    "update": r"(\d{1,2}u\d{1,4})",
    "build": _NUMBERS,
    "release": _NUMBERS,
    "day": r"\d{4}-\d\d-\d\d",
    "time": r"\d{4}-\d\d-\d\dT\d\d-?\d\d-?\d\dZ",
    "commit": r"g[a-f0-9]{7,64}",
}
_VERSIONS = frozenset(("version", "update"))
_BUILDS = frozenset(("build", "date", "day", "time"))
# `8u422` are two numbers, 2024-01-31T10-30-00Z is one
_NUMBER_CHARACTERS = str.maketrans({"u": ".", "-": "", "T": "", "Z": ""})
_CODENAME = r"[a-z]+"
_SEPARATOR = re.compile(r"\\?[-_]")


def shape_pattern(shape: str) -> re.Pattern[str]:
    """Make the pattern; it may let tags of other shapes pass, and never holds one back.

    Its first group are the numbers by which such tags are ordered: the version, or the build or
    date where there is no version. It has no group when there are neither.

    Args:
        shape: as `Tag.shape`.
    """
    pieces = _PLACE_HOLDER.split(shape)
    versioned = not _VERSIONS.isdisjoint(pieces[1::3])
    found = [re.escape(pieces[0])]
    seen = False
    for name, digits, literal in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        pattern = _PATTERNS.get(name, _CODENAME)
        if name == "date":
            pattern = rf"\d{{{digits}}}(?:\.\d{{1,20}})?"
        if not versioned and name in _BUILDS:
            pattern = f"({pattern})"
        found.append(pattern)
        seen = seen or name in _VERSIONS
        found.append(_with_labels(literal) if seen else re.escape(literal))
    return re.compile("".join(found) + (f"(?:{LABEL_BEHIND})?" if seen else ""))


def _with_labels(literal: str) -> str:
    """Let a pre-release stand before each separator: shapes do not hold it."""
    return _SEPARATOR.sub(lambda match: f"(?:{LABEL_BEHIND})?{match[0]}", re.escape(literal))


def numbers_of(match: re.Match[str]) -> tuple[int, ...]:
    """Give the numbers of the first group, empty when there is none."""
    if not match.re.groups:
        return ()
    return tuple(map(int, match[1].translate(_NUMBER_CHARACTERS).split(".")))
