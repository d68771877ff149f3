"""Numbers and small values as people read them. Unknown is always `?`, never 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKNOWN = "?"
NONE = "none"
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def size(count: int | None, precision: int = 1) -> str:
    """Write bytes in decimal units, as docker does: `512 B`, `8.4 MB`, `167 MB`.

    Args:
        count: bytes; None when not known.
        precision: bytes; larger than 1 when the source had rounded, shown as `~`.
    """
    if count is None:
        return UNKNOWN
    value, unit = float(count), 0
    # 999.5 would be written as 1000
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value /= 1000
        unit += 1
    digits = 1 if unit and value < 99.95 else 0
    mark = "~" if precision > 1 else ""
    return f"{mark}{value:.{digits}f} {_UNITS[unit]}"


def number(value: int | None) -> str:
    """Write a count."""
    return UNKNOWN if value is None else str(value)


def share(value: float | None) -> str:
    """Write a share of one as per cent: `14 %`, `0.3 %`."""
    if value is None:
        return UNKNOWN
    percent = value * 100
    return f"{percent:.1f} %" if 0 < percent < 9.95 else f"{percent:.0f} %"


def times(value: float | None) -> str:
    """Write a multiple: `7.2x`."""
    if value is None:
        return UNKNOWN
    return f"{value:.1f}x" if value < 99.95 else f"{value:.0f}x"


def day(moment: str | None) -> str:
    """Write the date of an ISO time."""
    return harmless(moment.partition("T")[0]) if moment else UNKNOWN


def short_digest(digest: str | None) -> str:
    """Write enough of a digest to recognise it by, as docker does: 12 digits."""
    if not digest:
        return UNKNOWN
    algorithm, colon, encoded = digest.partition(":")
    return harmless(f"{algorithm}{colon}{encoded[:12]}")


def listed(items: Iterable[str] | None, empty: str = NONE) -> str:
    """Write a list that may be empty or not known."""
    if items is None:
        return UNKNOWN
    return ", ".join(harmless(item) for item in items) or empty


def given(text: str | None, empty: str = NONE) -> str:
    """Write a text that may be empty or not known."""
    if text is None:
        return UNKNOWN
    return harmless(text) or empty


def presence(path: str | None) -> str:
    """Say whether something is there, where its path says too much."""
    if path is None:
        return UNKNOWN
    return "yes" if path else NONE
