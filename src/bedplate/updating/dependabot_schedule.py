"""`schedule` of dependabot.yml -> windows.

Source: GitHub's documentation, "Dependabot options reference", schedule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.model.schedule import EVERY_DAY, EVERY_HOUR, Window
from bedplate.updating.schedule_text import known_zone, read_schedule

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = {"quarterly": frozenset((1, 4, 7, 10)), "semiannually": frozenset((1, 7))}
_MONTHS |= {"yearly": frozenset((1,)), "monthly": frozenset()}


def windows_of(table: Mapping[str, Any]) -> tuple[Window, ...] | None:
    """Read a schedule; None when it is not understood.

    A time is the earliest of its day: whoever runs later on that day is not too late.
    """
    interval = table.get("interval")
    zone = table.get("timezone")
    zone = known_zone(zone) if isinstance(zone, str) else ""
    if interval == "cron":
        line = table.get("cronjob")
        return read_schedule(line, zone) if isinstance(line, str) else None
    hour = str(table.get("time", "")).partition(":")[0]
    hours = frozenset(range(int(hour), 24)) if hour.isdecimal() and int(hour) < 24 else EVERY_HOUR
    if interval == "daily":
        return (Window(frozenset(range(5)), hours, zone=zone),)
    if interval == "weekly":
        day = table.get("day", "monday")
        if day not in _DAYS:
            return None
        return (Window(frozenset((_DAYS.index(day),)), hours, zone=zone),)
    if interval in _MONTHS:
        return (Window(EVERY_DAY, hours, frozenset((1,)), _MONTHS[interval], zone),)
    return None
