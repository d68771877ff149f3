"""Composer (Packagist): PHP's `version_compare` on versions that Composer has normalised.

Source: https://www.php.net/version_compare, `VersionParser::normalize` of composer/semver.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions import comparators, semantic

if TYPE_CHECKING:
    from bedplate.versions.scheme import SortKey

NAME = "composer"

_BRANCH, _VERSION = range(2)
FLOOR: SortKey = (_VERSION,)

_BUILD = re.compile(r"(?<=[0-9A-Za-z])\+[^\s+]*$|@[a-z]+$")
_PART = re.compile(r"[0-9]+|[a-z]+|\*")
_OTHER, _DEV, _ALPHA, _BETA, _RC, _END, _NUMBER, _PATCH = range(8)
_WORDS = {
    "dev": _DEV,
    "alpha": _ALPHA,
    "a": _ALPHA,
    "beta": _BETA,
    "b": _BETA,
    "rc": _RC,
    "c": _RC,
    "patch": _PATCH,
    "pl": _PATCH,
    "p": _PATCH,
}
_ANY_NUMBER = 9999999  # `1.x-dev` is the branch from which 1.0 to 1.9999999 come


def key(version: str, /) -> SortKey:
    """Give the numbers at the front, then words and numbers; a branch sorts before all else."""
    text = _BUILD.sub("", version.strip().lower()).removeprefix("v")
    if not text or re.search(r"\s", text):
        raise InvalidVersion(f"not a Composer version: {version!r}")
    if text.startswith("dev-"):
        return (_BRANCH,)
    parts = _PART.findall(text)
    if not any(part.isdigit() for part in parts):
        raise InvalidVersion(f"not a Composer version: {version!r}")
    numbers = []
    for part in parts:
        if not (part.isdigit() or part in ("x", "*")):
            break
        numbers.append(int(part) if part.isdigit() else _ANY_NUMBER)
    rest = (_place(part) for part in parts[len(numbers) :] if part != "stable")
    return _VERSION, semantic.trimmed(numbers), (*rest, (_END,))


def _place(part: str) -> tuple[int, ...]:
    return (_NUMBER, int(part)) if part.isdigit() else (_WORDS.get(part, _OTHER),)


# `>=1.0,<2.0|>=3.0`, as Packagist's advisories write it
parse_range = partial(comparators.parse, key)
