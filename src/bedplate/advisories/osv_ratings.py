"""Severities of OSV records as ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.cvss import rate
from bedplate.advisories.levels import level_of
from bedplate.model.rating import Level, Rating

if TYPE_CHECKING:
    from bedplate.advisories.osv_document import OsvDocument, OsvSeverity

_MAX_RATINGS = 20
# these distributions give no CVSS themselves: the exporter added what the NVD says
_FROM_NVD = {"debian", "alpine"}


def ratings_of(document: OsvDocument, feed: str) -> tuple[Rating, ...]:
    """Read every statement on gravity, each with its source.

    Args:
        document: the record.
        feed: who wrote it.
    """
    found: list[Rating] = []
    for severity in [*(document.severity or ()), *_of_packages(document)][:_MAX_RATINGS]:
        rating = _rating(severity, feed)
        if rating is not None and rating not in found:
            found.append(rating)
    word = (document.database_specific or {}).get("severity")
    if isinstance(word, str) and level_of(word) is not Level.UNKNOWN:
        found.append(Rating(feed, level_of(word)))
    return tuple(found)


def _of_packages(document: OsvDocument) -> list[OsvSeverity]:
    return [s for affected in document.affected or () for s in affected.severity or ()]


def _rating(severity: OsvSeverity, feed: str) -> Rating | None:
    """Read a vector, or the word of the vendor that the type names."""
    if not isinstance(severity.score, str):
        return None
    if severity.type.startswith("CVSS"):
        return rate("nvd" if feed in _FROM_NVD else feed, severity.score)
    level = level_of(severity.score)
    source = severity.type.lower()
    if level is Level.UNKNOWN or not source.isidentifier():
        return None
    return Rating(source, level)
