"""Ranges that a version must be in: `<23`, `>=3.11,<3.14`, `20.x`, `3.12`."""

from __future__ import annotations

import re

from bedplate.versions import in_range

_PLAIN = re.compile(r"\d{1,9}(?:\.\d{1,9})*(?:\.[x*])?")


def is_within(version: tuple[int, ...], wanted: str) -> bool:
    """Tell whether a version is in a range.

    Args:
        version: its numbers.
        wanted: conditions that all must hold, with commas between them. A plain version stands
            for itself and all that begin with it.

    Raises:
        InvalidVersion: `wanted` is no range.

    Source: PEP 440, version specifiers.
    """
    conditions = ",".join(_spelled(one.strip()) for one in wanted.split(","))
    return bool(in_range("pep440", ".".join(map(str, version)), conditions, prereleases=True))


def _spelled(condition: str) -> str:
    if _PLAIN.fullmatch(condition):
        return f"=={condition.removesuffix('.x').removesuffix('.*')}.*"
    return condition
