"""Events of OSV to intervals of versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidVersion
from bedplate.model.version_range import VersionRange
from bedplate.versions import compare, key

if TYPE_CHECKING:
    from bedplate.advisories.osv_document import OsvAffected, OsvEvent

_BEGINNING = "0"
_BEGINNINGS = {_BEGINNING, "", "0.0.0-0", "0.0.0"}
_CAP = re.compile(r"\s*(<=?)\s*(\S+)\s*")
_LINE = re.compile(r"((?:\d{1,9}\.)*)(\d{1,9})\.[*x]")
_MAX_EVENTS = 5_000  # of one range; the longest public ones have some hundred


def ranges_of(affected: OsvAffected, scheme: str, *, release: bool) -> tuple[VersionRange, ...]:
    """Read every range of a package, commits left out.

    Args:
        affected: what the record says of the package.
        scheme: how its versions compare.
        release: whether the package is one of a distribution's release; see `_set_right`.

    Raises:
        ValueError: more events than bedplate will read.

    Source: OSV schema 1.7, "affected[].ranges[].events" and "evaluation".
    """
    found: list[VersionRange] = []
    for item in affected.ranges or ():
        if item.type == "GIT":
            continue
        if len(item.events) > _MAX_EVENTS:
            raise ValueError("a range has too many events")
        found += _intervals(item.events, scheme, release=release)
    cap = _cap(affected)
    return tuple(_capped(interval, cap) for interval in found) if cap else tuple(found)


def _until(events: list[OsvEvent]) -> str:
    """Give the end of what most ranges are, everything before a fix; empty for others."""
    if len(events) != 2 or events[0].introduced not in _BEGINNINGS:
        return ""
    return events[1].fixed or ""


def _intervals(events: list[OsvEvent], scheme: str, *, release: bool) -> list[VersionRange]:
    if until := _until(events):
        return [VersionRange(fixed=after_line(until))]
    pairs = _pairs(events)
    if pairs is None or (len(pairs) > 1 and any(_inverted(pair, scheme) for pair in pairs)):
        return _walk(events, scheme)
    return [right for pair in pairs if (right := _set_right(pair, scheme, release=release))]


def _pairs(events: list[OsvEvent]) -> list[VersionRange] | None:
    """Read events that come as beginning, end, beginning, end; None when they do not."""
    pairs: list[VersionRange] = []
    start: str | None = None
    for event in events:
        if event.introduced is not None:
            if start is not None:
                return None
            start = _start(event.introduced)
        elif event.limit != "*":
            if start is None:
                return None
            pairs.append(_closed(start, event))
            start = None
    if start is not None:
        pairs.append(VersionRange(introduced=start))
    return pairs


def _walk(events: list[OsvEvent], scheme: str) -> list[VersionRange]:
    """Go through events in the order of their versions, as the schema evaluates them."""
    found: list[VersionRange] = []
    start: str | None = None
    for event in _sorted(events, scheme):
        if event.introduced is not None:
            start = _start(event.introduced) if start is None else start
        elif start is not None:
            found.append(_closed(start, event))
            start = None
    if start is not None:
        found.append(VersionRange(introduced=start))
    return found


def _sorted(events: list[OsvEvent], scheme: str) -> list[OsvEvent]:
    """Sort events; in the order given when a version can't be compared."""

    def place(event: OsvEvent) -> tuple[Any, ...]:
        if event.introduced is not None:
            start = _start(event.introduced)
            return (0,) if start == _BEGINNING else (1, key(scheme, start), 1)
        # a version is still vulnerable when it is the last one; else its end comes first
        order = 2 if event.last_affected is not None else 0
        end = after_line(event.fixed or event.last_affected or event.limit or "")
        return (1, key(scheme, end), order)

    try:
        return sorted((event for event in events if event.limit != "*"), key=place)
    except InvalidVersion:
        return events


def _start(introduced: str) -> str:
    return _BEGINNING if introduced in _BEGINNINGS else introduced


def _closed(start: str, event: OsvEvent) -> VersionRange:
    if event.last_affected is not None:
        last = event.last_affected
        after = after_line(last)
        if after != last:
            return VersionRange(introduced=start, fixed=after)
        return VersionRange(introduced=start, last_affected=last)
    return VersionRange(introduced=start, fixed=after_line(event.fixed or event.limit or ""))


def after_line(end: str) -> str:
    """Write the end of a line of versions as the first version behind it; others as they are.

    Records made of CVE 5 carry its `"lessThan": "4.*"`, which means: every version 4.

    >>> after_line("4.*"), after_line("4.1")
    ('5', '4.1')
    """
    line = _LINE.fullmatch(end) if end[-2:] in (".*", ".x") else None
    return f"{line[1]}{int(line[2]) + 1}" if line else end


def _inverted(pair: VersionRange, scheme: str) -> bool:
    """Tell whether a range ends before it begins."""
    end = pair.fixed or pair.last_affected
    if pair.introduced == _BEGINNING or not end:
        return False
    try:
        order = compare(scheme, pair.introduced, end)
    except InvalidVersion:
        return False
    return order > 0 or (order == 0 and bool(pair.fixed))


def _set_right(pair: VersionRange, scheme: str, *, release: bool) -> VersionRange | None:
    """Drop a range that ends before it begins.

    In a release of a distribution the end is the version that carries the patch, while the
    beginning may be upstream's: then the end alone counts.
    """
    if not _inverted(pair, scheme):
        return pair
    return VersionRange(fixed=pair.fixed) if release and pair.fixed else None


def _cap(affected: OsvAffected) -> tuple[str, str] | None:
    """Read GitHub's `last_known_affected_version_range`: `<= 3.0.0`."""
    said = (affected.database_specific or {}).get("last_known_affected_version_range")
    found = _CAP.fullmatch(said) if isinstance(said, str) else None
    return (found[1], found[2]) if found else None


def _capped(interval: VersionRange, cap: tuple[str, str]) -> VersionRange:
    """End an open range at the last version that was known to be vulnerable."""
    if interval.fixed or interval.last_affected:
        return interval
    operator, version = cap
    if operator == "<=":
        return VersionRange(introduced=interval.introduced, last_affected=version)
    return VersionRange(introduced=interval.introduced, fixed=version)
