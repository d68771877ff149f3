"""When change requests may be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

EVERY_DAY = frozenset(range(7))
EVERY_HOUR = frozenset(range(24))


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of certain days, in UTC unless a zone is named.

    Args:
        weekdays: 0 for Monday to 6 for Sunday.
        hours: 0 to 23.
        days: of the month; empty for all.
        months: 1 to 12; empty for all.
        zone: name of an IANA time zone; empty for UTC.
    """

    weekdays: frozenset[int] = EVERY_DAY
    hours: frozenset[int] = EVERY_HOUR
    days: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    zone: str = ""

    def is_open(self, now: datetime) -> bool:
        """Tell whether a moment, which has a zone, is in the window."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - lazy: reads files of the system

        local = now.astimezone(ZoneInfo(self.zone or "UTC"))
        return (
            local.weekday() in self.weekdays
            and local.hour in self.hours
            and (not self.days or local.day in self.days)
            and (not self.months or local.month in self.months)
        )
