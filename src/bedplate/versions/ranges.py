"""Whether a version is in the ranges of an advisory.

Source: https://ossf.github.io/osv-schema/#evaluation
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions.keys import key, place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.version_range import VersionRange
    from bedplate.versions.scheme import SortKey


def affected(
    scheme: str, version: str, ranges: Iterable[VersionRange], versions: Iterable[str] = ()
) -> bool | None:
    """Tell whether a version is affected.

    An interval that ends before it begins keeps its end alone: such a beginning is from a source
    that knows nothing of this distribution's versions.

    Args:
        scheme: as for `compare`.
        version: the version that is installed.
        ranges: intervals, of which one must hold it.
        versions: single versions that are affected besides.

    Returns:
        None when no answer is certain: the version, or a bound that matters, can't be parsed.
    """
    listed = frozenset(versions)
    if version in listed:
        return True
    answers: set[bool | None] = set()
    for interval in ranges:
        answers.add(answer := _is_within(scheme, version, interval))
        if answer:
            return True
    if listed:
        answers.add(answer := _is_listed(scheme, version, listed))
        if answer:
            return True
    return None if None in answers else False


def _is_within(scheme: str, version: str, interval: VersionRange) -> bool | None:
    end = interval.fixed or interval.last_affected
    begins = interval.introduced not in ("", "0")
    if not begins and not end:
        return True
    try:
        here = place(scheme, version)
        if end and _is_past(scheme, here, interval):
            return False
        if not begins:
            return True
        start = key(scheme, interval.introduced)
        return here >= start or (bool(end) and _is_past(scheme, start, interval))
    except InvalidVersion:
        return None


def _is_past(scheme: str, here: SortKey, interval: VersionRange) -> bool:
    """Tell whether an interval that has an end has ended."""
    if interval.fixed:
        return here >= key(scheme, interval.fixed)
    return here > key(scheme, interval.last_affected)


def _is_listed(scheme: str, version: str, listed: Iterable[str]) -> bool | None:
    """Find another spelling of the version: `1.0` among `0.9`, `1.0.0`."""
    try:
        here = key(scheme, version)
    except InvalidVersion:
        return None
    for other in listed:
        with suppress(InvalidVersion):  # what is no version is not this one
            if key(scheme, other) == here:
                return True
    return False
