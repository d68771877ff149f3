"""Requirements of patched and unaffected gems, turned into the versions that are left.

Source: rubysec/ruby-advisory-db, README: a version is vulnerable when no requirement of
`patched_versions` or `unaffected_versions` admits it; Gem::Requirement.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from bedplate.model.version_range import VersionRange
from bedplate.versions import key

if TYPE_CHECKING:
    from collections.abc import Iterable

_PART = re.compile(r"\s*(~>|>=|<=|!=|>|<|=)?\s*([0-9A-Za-z][0-9A-Za-z.-]{0,99})\s*")
_FROM = ("~>", ">=", "=", None)
_MAX_REQUIREMENTS = 200


class _Interval(NamedTuple):
    """Safe versions, from `low` up to but not including `high`; empty for no bound."""

    low: str
    high: str


def vulnerable_ranges(safe: Iterable[str]) -> tuple[VersionRange, ...]:
    """Give the versions that no requirement admits, as intervals, oldest first.

    Args:
        safe: requirements, each of one or more comparisons: `~> 2.3.1, >= 2.3.4`.

    Raises:
        ValueError: a text that is no requirement, or too many of them.
        InvalidVersion: a version that is none.

    >>> vulnerable_ranges(["~> 1.8.3", ">= 2.0.1"])
    (VersionRange(introduced='0', fixed='1.8.3', last_affected=''), \
VersionRange(introduced='1.9', fixed='2.0.1', last_affected=''))
    """
    listed = list(safe)
    if len(listed) > _MAX_REQUIREMENTS:
        raise ValueError("too many requirements")
    found: list[VersionRange] = []
    start = ""
    for interval in sorted(map(_interval, listed), key=lambda one: _place(one.low)):
        if _place(interval.low) > _place(start):
            found.append(VersionRange(introduced=start or "0", fixed=interval.low))
        if not interval.high:
            return tuple(found)
        start = max(start, interval.high, key=_place)
    return (*found, VersionRange(introduced=start or "0"))


def named_versions(requirements: Iterable[str]) -> frozenset[str]:
    """Give the versions from which on requirements admit versions: those that fix something."""
    parts = (part for one in requirements for part in one.split(","))
    matches = filter(None, map(_PART.fullmatch, parts))
    return frozenset(match[2] for match in matches if match[1] in _FROM)


def _place(version: str) -> tuple[Any, ...]:
    return (1, key("gem", version)) if version else (0,)


def _interval(requirement: str) -> _Interval:
    low, high = "", ""
    for part in requirement.split(","):
        match = _PART.fullmatch(part)
        if match is None or match[1] == "!=":
            raise ValueError(f"not a requirement: {requirement!r:.80}")
        lower, upper = _bounds(match[1] or "=", match[2])
        low = max(low, lower, key=_place)
        high = min((bound for bound in (high, upper) if bound), key=_place, default="")
    return _Interval(low, high)


def _bounds(operator: str, version: str) -> tuple[str, str]:
    if operator == ">=":
        return version, ""
    if operator == "<":
        return "", version
    if operator == "~>":
        return version, _bumped(version)
    after = f"{version}.0.1"  # newer than the version, older than any that follows in practice
    return {">": (after, ""), "<=": ("", after), "=": (version, after)}[operator]


def _bumped(version: str) -> str:
    """Give the first version that `~>` does not admit: its last part but one, plus one."""
    parts = [part for part in version.split(".") if part.isdigit()]
    kept = parts[:-1] or parts
    return ".".join([*kept[:-1], str(int(kept[-1]) + 1)])
