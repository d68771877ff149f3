"""Python: PEP 440, and below all of it the versions from before.

Source: https://packaging.python.org/en/latest/specifications/version-specifiers/, and the rules
of setuptools for what is not PEP 440.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

    from bedplate.versions.scheme import Condition, SortKey

NAME = "pep440"

_LEGACY, _PEP440 = range(2)
FLOOR: SortKey = (_PEP440,)

_LEGACY_PART = re.compile(r"[0-9]+|[a-z]+|-|[^0-9a-z.-]+")
_LEGACY_WORDS = {"pre": "c", "preview": "c", "-": "final-", "rc": "c", "dev": "@"}


def key(text: str, /) -> SortKey:
    """Give the version as `packaging` orders it, or its parts by the rules from before."""
    from packaging import version  # noqa: PLC0415 - lazy: most images hold no Python packages

    try:
        return _PEP440, version.Version(text)
    except version.InvalidVersion:
        plain = text.strip().lower()
        if not re.search(r"[0-9a-z]", plain) or re.search(r"\s", plain):
            raise InvalidVersion(f"not a Python version: {text!r}") from None
        return _LEGACY, _legacy_parts(plain)


def _legacy_parts(text: str) -> tuple[tuple[int, str | int], ...]:
    parts: list[tuple[int, str | int]] = []
    for part in (*_LEGACY_PART.findall(text), "final"):
        if part[0] in "0123456789":
            parts.append((1, int(part)))
            continue
        word = _LEGACY_WORDS.get(part, part)
        if word < "final":
            while parts and parts[-1] == (0, "final-"):
                parts.pop()
        while parts and parts[-1] == (1, 0):
            parts.pop()
        parts.append((0, word))
    return tuple(parts)


def parse_range(text: str, /, *, prereleases: bool) -> Condition:
    """Read the specifiers of PEP 440: `>=1.0,!=1.3.*,~=1.4`."""
    from packaging import specifiers  # noqa: PLC0415 - lazy: as above

    try:
        wanted = specifiers.SpecifierSet(text, prereleases or None)
    except specifiers.InvalidSpecifier:
        raise InvalidVersion(f"not a set of Python version specifiers: {text!r}") from None
    return partial(_contains, wanted)


def _contains(wanted: SpecifierSet, key: SortKey) -> bool:
    return wanted.contains(key[1])
