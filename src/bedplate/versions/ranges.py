"""Whether a version is in the ranges of an advisory.

Source: https://ossf.github.io/osv-schema/#evaluation
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions.keys import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.version_range import VersionRange


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
        place = key(scheme, version)
        if end and _is_past(scheme, version, interval):
            return False
        if not begins:
            return True
        start = key(scheme, interval.introduced)
        return place >= start or (bool(end) and _is_inverted(scheme, interval))
    except InvalidVersion:
        return None


def _is_past(scheme: str, version: str, interval: VersionRange) -> bool:
    place = key(scheme, version)
    if interval.fixed:
        return place >= key(scheme, interval.fixed)
    return place > key(scheme, interval.last_affected)


def _is_inverted(scheme: str, interval: VersionRange) -> bool:
    return _is_past(scheme, interval.introduced, interval)


def _is_listed(scheme: str, version: str, listed: Iterable[str]) -> bool | None:
    """Find another spelling of the version: `1.0` among `0.9`, `1.0.0`."""
    try:
        place = key(scheme, version)
    except InvalidVersion:
        return None
    for other in listed:
        with suppress(InvalidVersion):  # what is no version is not this one
            if key(scheme, other) == place:
                return True
    return False
