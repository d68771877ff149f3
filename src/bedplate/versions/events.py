"""The events of an OSV range as intervals.

Source: https://ossf.github.io/osv-schema/#affectedrangesevents-fields
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.model.version_range import VersionRange
from bedplate.versions.keys import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.versions.scheme import SortKey

# of events at one version: what was fixed may come back, what comes may be gone after it
_ORDER = {"fixed": 0, "introduced": 1, "last_affected": 2}

_Event = tuple[str, str]


def from_events(scheme: str, events: Iterable[Mapping[str, str]]) -> tuple[VersionRange, ...]:
    """Give the intervals that events enclose, in the order of versions.

    Where a version can't be parsed, the events count in the order in which they stand, and
    `affected` says None where that version would matter.

    Args:
        scheme: as for `compare`.
        events: objects with one of `introduced`, `fixed`, `last_affected`, `limit`.
    """
    pairs = [pair for event in events for pair in event.items()]
    bounds = [(kind, version) for kind, version in pairs if kind in _ORDER]
    limits = [version for kind, version in pairs if kind == "limit"]
    if not bounds:
        return ()
    try:
        if not _is_one_interval(bounds):
            bounds.sort(key=lambda event: (_place(scheme, event[1]), _ORDER[event[0]]))
        found = _intervals(bounds)
        return found if not limits or "*" in limits else _limited(scheme, found, limits)
    except InvalidVersion:
        return _intervals(bounds)


def _is_one_interval(bounds: list[_Event]) -> bool:
    """Tell an interval that is as it stands, even when its end comes before its beginning."""
    return len(bounds) == 2 and bounds[0][0] == "introduced" != bounds[1][0]


def _place(scheme: str, version: str) -> tuple[int, SortKey]:
    return (0, ()) if version == "0" else (1, key(scheme, version))


def _intervals(bounds: list[_Event]) -> tuple[VersionRange, ...]:
    found: list[VersionRange] = []
    begun = "" if any(kind == "introduced" for kind, _ in bounds) else "0"
    for kind, version in bounds:
        if kind == "introduced":
            begun = begun or version
        elif begun:
            fixed, last = (version, "") if kind == "fixed" else ("", version)
            found.append(VersionRange(begun, fixed, last))
            begun = ""
    return (*found, VersionRange(begun)) if begun else tuple(found)


def _limited(
    scheme: str, intervals: tuple[VersionRange, ...], limits: list[str]
) -> tuple[VersionRange, ...]:
    """End intervals at the furthest limit, and leave out those that begin behind it."""
    limit = max(limits, key=lambda version: key(scheme, version))
    end = _place(scheme, limit)
    found: list[VersionRange] = []
    for interval in intervals:
        if _place(scheme, interval.introduced) >= end:
            continue
        until = interval.fixed or interval.last_affected
        is_within = until and _place(scheme, until) < end
        found.append(interval if is_within else VersionRange(interval.introduced, limit))
    return tuple(found)
