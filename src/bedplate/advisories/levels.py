"""The words of all feeds for gravity, as levels."""

from __future__ import annotations

from bedplate.model.rating import Level

_LEVELS = {
    "critical": Level.CRITICAL,
    "urgent": Level.CRITICAL,
    "high": Level.HIGH,
    "important": Level.HIGH,
    "medium": Level.MEDIUM,
    "moderate": Level.MEDIUM,
    "low": Level.LOW,
    "negligible": Level.NEGLIGIBLE,
    "unimportant": Level.NEGLIGIBLE,
    "none": Level.NEGLIGIBLE,
}


def level_of(word: str) -> Level:
    """Read a feed's word for gravity; UNKNOWN for one that says nothing.

    Source: the scales of CVSS, GitHub, Ubuntu, Debian, Red Hat and Amazon.
    """
    return _LEVELS.get(word.strip().lower(), Level.UNKNOWN)


def level_of_score(score: float) -> Level:
    """Give the level of a CVSS base score.

    Source: CVSS v3.1, section 5; v4.0 has the same bounds.
    """
    if score >= 9.0:
        return Level.CRITICAL
    if score >= 7.0:
        return Level.HIGH
    if score >= 4.0:
        return Level.MEDIUM
    return Level.LOW if score > 0 else Level.NEGLIGIBLE
