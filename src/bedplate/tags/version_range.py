"""Ranges that a version must be in: `<23`, `>=3.11,<3.14`, `20.x`, `3.12`, `^1.4`."""

from __future__ import annotations

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from bedplate.errors import InvalidVersion

_CARET = re.compile(r"([~^])\s*(\d{1,9})(?:\.(\d{1,9}))?((?:\.\d{1,9})*)")
_PLAIN = re.compile(r"\d+(?:\.\d+)*(?:\.[x*])?")


def parse_range(text: str) -> SpecifierSet:
    """Read a range.

    Args:
        text: conditions that all must hold, with commas between them. A plain version stands for
            itself and all that begin with it; `^1.4` for 1.4 and what follows it in 1, `~1.4.2`
            for what follows it in 1.4.

    Raises:
        InvalidVersion: it is no range.

    Source: PEP 440, version specifiers.
    """
    conditions = [_spelled(one.strip()) for one in text.split(",")]
    try:
        return SpecifierSet(",".join(conditions))
    except InvalidSpecifier:
        hint = "write it as <23 or >=3.11,<3.14"
        raise InvalidVersion(f"{text!r} is no range of versions", hint) from None


def is_within(version: tuple[int, ...], wanted: SpecifierSet) -> bool:
    """Tell whether a version is in a range."""
    return wanted.contains(".".join(map(str, version)), prereleases=True)


def _spelled(condition: str) -> str:
    caret = _CARET.fullmatch(condition)
    if caret:
        sign, major, minor, _ = caret.groups()
        series = major if sign == "^" or minor is None else f"{major}.{minor}"
        return f">={condition[1:].strip()},=={series}.*"
    if _PLAIN.fullmatch(condition):
        return f"=={condition.removesuffix('.x').removesuffix('.*')}.*"
    return condition
