"""Open vulnerabilities that are known only from scans of a day, with the version seen then.

Nobody takes such a statement back when an update closes it: it is merely not seen again. So it
holds up to the version seen, unless the newest scan of the release still saw it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bedplate.advisories.osv_document import OsvPackage  # noqa: TC001 - msgspec resolves it
from bedplate.model.version_range import VersionRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.advisories.osv_document import OsvAffected

_MARKS = (b'"vulnerable_at"', b'"installed"')  # fields that a statement of this kind has
_MAX_VERSION = 200


class _Day(msgspec.Struct, gc=False):
    seen: str = ""
    date: str = ""


class _Affected(msgspec.Struct):
    package: OsvPackage | None = None
    database_specific: _Day | None = None


class _Document(msgspec.Struct):
    affected: list[_Affected] = []


_DECODER = msgspec.json.Decoder(_Document)


def may_have_sightings(content: bytes) -> bool:
    """Tell whether a document has the words of such statements."""
    return any(mark in content for mark in _MARKS)


def newest_sightings(lines: Iterable[bytes]) -> dict[str, str]:
    """Give the day of the newest scan of each ecosystem, of those that a document is made of.

    Args:
        lines: records; those that can't be read are passed over.
    """
    newest: dict[str, str] = {}
    for line in lines:
        if not may_have_sightings(line):
            continue
        try:
            document = _DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        for affected in document.affected:
            said, package = affected.database_specific, affected.package
            if said and package:
                day = said.seen or said.date
                newest[package.ecosystem] = max(day, newest.get(package.ecosystem, ""))
    return newest


def capped(
    ranges: tuple[VersionRange, ...], affected: OsvAffected, newest: Mapping[str, str]
) -> tuple[VersionRange, ...]:
    """End the ranges of a statement that the newest scan no longer made.

    Args:
        ranges: of the package.
        affected: what the record says of it.
        newest: see `newest_sightings`.
    """
    if not newest or affected.package is None:
        return ranges
    said = affected.database_specific or {}
    day, version = said.get("seen") or said.get("date"), said.get("installed")
    version = version or said.get("vulnerable_at")
    if not isinstance(day, str) or not isinstance(version, str):
        return ranges
    if not 0 < len(version) <= _MAX_VERSION or day >= newest.get(affected.package.ecosystem, ""):
        return ranges
    return tuple(
        one
        if one.fixed or one.last_affected
        else VersionRange(introduced=one.introduced, last_affected=version)
        for one in ranges
    )
