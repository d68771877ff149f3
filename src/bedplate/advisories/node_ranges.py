"""The ranges of Node.js's own advisories: vulnerable lines, less what is patched in them.

Source: nodejs/security-wg, vuln/core; both fields are ranges of node-semver.
"""

from __future__ import annotations

import re

from bedplate.model.version_range import VersionRange

_POINT = r"(\d{1,9})(?:\.(\d{1,9}|x))?(?:\.(\d{1,9}|x))?"
_LINE = re.compile(_POINT)
_CARET = re.compile(rf"(?:\^|>=)?\s*{_POINT}")
_UP_TO = re.compile(rf"<=\s*{_POINT}")
_BETWEEN = re.compile(rf">=\s*{_POINT}\s+<\s*{_POINT}")
_ENDLESS = 99_999  # a part of a version that no release reaches
_MAX_TEXT = 2_000

Version = tuple[int, int, int]


def node_ranges(vulnerable: str, patched: str) -> tuple[VersionRange, ...]:
    """Give the versions that are vulnerable and not patched, as intervals.

    Args:
        vulnerable: `18.x || 20.x`.
        patched: `^18.9.1 || ^20.3.1`.

    Raises:
        ValueError: a form that these feeds do not use.

    >>> node_ranges("14.x", "^14.20.1")
    (VersionRange(introduced='14.0.0', fixed='14.20.1', last_affected=''),)
    """
    if len(vulnerable) + len(patched) > _MAX_TEXT:
        raise ValueError("a range is too long")
    fixes = sorted(_version(_CARET, part) for part in _parts(patched))
    return tuple(_without(_interval(part), fixes) for part in _parts(vulnerable))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("||") if part.strip()]


def _interval(text: str) -> tuple[Version, Version]:
    """Read one alternative as its first and its last version."""
    if between := _BETWEEN.fullmatch(text):
        end = _low(between.groups()[3:])
        return _low(between.groups()[:3]), (end[0], end[1], max(end[2] - 1, 0))
    if up_to := _UP_TO.fullmatch(text):
        return (0, 0, 0), _high(up_to.groups())
    if text.startswith("^"):
        low = _version(_CARET, text)
        return low, (low[0], _ENDLESS, _ENDLESS) if low[0] else (0, low[1], _ENDLESS)
    line = _LINE.fullmatch(text)
    if line is None:
        raise ValueError(f"not a range of Node.js versions: {text[:80]!r}")
    return _low(line.groups()), _high(line.groups())


def _without(interval: tuple[Version, Version], fixes: list[Version]) -> VersionRange:
    low, high = interval
    fixed = next((fix for fix in fixes if low <= fix <= high), None)
    introduced = _text(low) if any(low) else "0"
    if fixed is not None:
        return VersionRange(introduced=introduced, fixed=_text(fixed))
    return VersionRange(introduced=introduced, last_affected=_text(high))


def _version(pattern: re.Pattern[str], text: str) -> Version:
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"not a range of Node.js versions: {text[:80]!r}")
    return _low(found.groups())


def _low(parts: tuple[str | None, ...]) -> Version:
    major, minor, patch = (int(part) if part and part != "x" else 0 for part in parts)
    return major, minor, patch


def _high(parts: tuple[str | None, ...]) -> Version:
    major, minor, patch = (int(part) if part and part != "x" else _ENDLESS for part in parts)
    return major, minor, patch


def _text(version: Version) -> str:
    return ".".join(str(part) for part in version)
