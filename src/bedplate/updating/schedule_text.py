"""Schedules as people write them: `before 5am on monday`, `every weekend`, `* 0-3 * * 1`.

    schedule = [hours] [days] / cron
    hours    = "before" time / "after" time / "after" time "and before" time
    days     = ["every" / "on"] ("weekday" / "weekend" / "day" / name of a day *("and" name))
             / ["on"] "the first day of the month"

Source: Renovate's documentation of `schedule`; crontab(5).
"""

from __future__ import annotations

import re

from bedplate.model.schedule import EVERY_DAY, EVERY_HOUR, Window

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    "weekday": frozenset(range(5)),
    "weekend": frozenset((5, 6)),
    "day": EVERY_DAY,
    **{name: frozenset((place,)) for place, name in enumerate(_DAYS)},
    **{name[:3]: frozenset((place,)) for place, name in enumerate(_DAYS)},
}
_TIME = re.compile(r"(before|after)\s+(\d{1,2})(?::(\d\d))?\s*(am|pm)?")
_FILLING = frozenset(("every", "on", "and", "the", "of", ",", "at"))
_MONTHLY = re.compile(r"first\s+day\s+of\s+(?:the|each|every)?\s*month")
_LONGEST = 200


def read_schedule(text: str, zone: str = "") -> tuple[Window, ...] | None:
    """Read a schedule.

    Args:
        text: as above.
        zone: name of an IANA time zone; empty for UTC.

    Returns:
        windows, one of which must be open; none for any time; None when it is not understood.
    """
    words = " ".join(text.lower().split())[:_LONGEST]
    if words in ("", "at any time", "any time"):
        return ()
    if len(words.split(" ")) == 5 and words[0] in "*0123456789":
        return _cron(words.split(" "), zone)
    month = _MONTHLY.search(words)
    days = frozenset((1,)) if month else frozenset[int]()
    words = _MONTHLY.sub(" ", words)
    hours = EVERY_HOUR
    for match in _TIME.finditer(words):
        read = _hours(*match.groups())
        if read is None:
            return None
        hours &= read
    rest = [w for w in _TIME.sub(" ", words).replace(",", " ").split() if w not in _FILLING]
    weekdays = frozenset[int]()
    for word in rest:
        found = _GROUPS.get(word) or _GROUPS.get(word.removesuffix("s"))
        if found is None:
            return None
        weekdays |= found
    return (Window(weekdays or EVERY_DAY, hours, days, zone=zone),)


def known_zone(zone: str) -> str:
    """Give the zone when this machine knows it, else nothing, which is UTC."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - lazy: reads files of the system

    try:
        ZoneInfo(zone)
    except (OSError, ValueError):
        return ""
    return zone


def _hours(word: str, hour: str, _minute: str | None, half: str | None) -> frozenset[int] | None:
    number = int(hour)
    if number > (12 if half else 24):
        return None
    if half:
        number = number % 12 + (12 if half == "pm" else 0)
    return frozenset(range(number) if word == "before" else range(number, 24))


def _cron(fields: list[str], zone: str) -> tuple[Window, ...] | None:
    """Read minute, hour, day, month, weekday; the minute must not matter within an hour."""
    hours, days, months = _set(fields[1], 0, 23), _set(fields[2], 1, 31), _set(fields[3], 1, 12)
    weekdays = _set(fields[4], 0, 7)
    if hours is None or days is None or months is None or weekdays is None:
        return None
    monday_first = frozenset((day - 1) % 7 for day in weekdays) or EVERY_DAY
    return (Window(monday_first, hours or EVERY_HOUR, days, months, zone),)


def _set(field: str, low: int, high: int) -> frozenset[int] | None:
    """Read one field: numbers, ranges and steps; empty for all, None when it is none of these."""
    if field == "*":
        return frozenset()
    found: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(?:(\d{1,2})(?:-(\d{1,2}))?|(\*))(?:/(\d{1,2}))?", part)
        if match is None:
            return None
        first = low if match[3] else int(match[1])
        last = high if match[3] or (match[4] and not match[2]) else int(match[2] or first)
        step = int(match[4] or 1)
        if not low <= first <= last <= high or not step:
            return None
        found.update(range(first, last + 1, step))
    return frozenset(found)
