"""Values of configuration files, checked; what is of another kind is named by its key."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration, InvalidPlatform, InvalidVersion
from bedplate.model.platform import Platform
from bedplate.model.tag_choice import Axis
from bedplate.tags.version_range import is_within

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERIOD = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*(h|hour|d|day|w|week|m|month)s?", re.ASCII)
_HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30}
_MAX_LIST = 10_000


def flag(place: str, value: Any) -> bool:
    """Take true or false."""
    if isinstance(value, bool):
        return value
    raise InvalidConfiguration(f"{place} is not true or false")


def text(place: str, value: Any) -> str:
    """Take a text of one line."""
    if isinstance(value, str) and value.isprintable():
        return value
    raise InvalidConfiguration(f"{place} is not a text")


def texts(place: str, value: Any) -> tuple[str, ...]:
    """Take a list of texts."""
    if isinstance(value, list) and len(value) <= _MAX_LIST:
        return tuple(text(place, one) for one in value)
    raise InvalidConfiguration(f"{place} is not a list of texts")


def table(place: str, value: Any) -> Mapping[str, Any]:
    """Take a table."""
    if isinstance(value, dict):
        return value
    raise InvalidConfiguration(f"{place} is not a table")


def number(place: str, value: Any) -> float:
    """Take a number that is not negative."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
        return float(value)
    raise InvalidConfiguration(f"{place} is not a number from 0 on")


def hours(place: str, value: Any) -> float:
    """Take a period, `6h`, `3 days`, `2w`; give hours."""
    found = _PERIOD.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise InvalidConfiguration(f"{place} is not a period", "write 6h, 3d or 2w")
    return float(found[1]) * _HOURS[found[2][0]]


def axes(place: str, value: Any) -> frozenset[Axis]:
    """Take names of axes."""
    known = {axis.name.lower(): axis for axis in Axis}
    found = set()
    for one in texts(place, value):
        if one not in known:
            raise InvalidConfiguration(
                f"{place}: no axis {one[:40]!r}", f"known: {', '.join(known)}"
            )
        found.add(known[one])
    return frozenset(found)


def platforms(place: str, value: Any) -> tuple[Platform, ...]:
    """Take platforms."""
    try:
        return tuple(Platform.parse(one) for one in texts(place, value))
    except InvalidPlatform as error:
        raise InvalidConfiguration(f"{place}: {error.message}", error.hint) from error


def day(place: str, value: Any) -> date:
    """Take a day, as TOML's own or as a text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InvalidConfiguration(f"{place} is not a day", "write 2026-12-31") from error


def version_range(place: str, value: Any) -> str:
    """Take a range of versions."""
    wanted = text(place, value)
    try:
        is_within((0,), wanted)
    except InvalidVersion as error:
        raise InvalidConfiguration(
            f"{place}: {error.message}", "write <23 or >=3.11,<3.14"
        ) from error
    return wanted
