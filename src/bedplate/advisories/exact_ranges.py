"""The vulnerable versions of an OSV record, from wherever its database puts the exact ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from bedplate.advisories.gem_ranges import named_versions, vulnerable_ranges
from bedplate.advisories.namespaces import RUNTIME
from bedplate.advisories.node_ranges import node_ranges
from bedplate.advisories.osv_document import OsvRange
from bedplate.advisories.osv_ranges import ranges_of
from bedplate.advisories.sightings import capped
from bedplate.errors import InvalidVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.advisories.osv_document import OsvAffected, OsvDocument
    from bedplate.model.version_range import VersionRange

_MAX_REQUIREMENTS = 200


class ExactRanges(NamedTuple):
    """Vulnerable versions.

    Args:
        ranges: intervals; empty when the record has none.
        no_fixes: ends of intervals that no one calls a fix: only what lies below is known.
    """

    ranges: tuple[VersionRange, ...]
    no_fixes: tuple[str, ...] = ()

    @property
    def has_fix(self) -> bool:
        """Whether some version fixes it."""
        return any(one.fixed and one.fixed not in self.no_fixes for one in self.ranges)


def exact_ranges(
    affected: OsvAffected,
    document: OsvDocument,
    namespace: str,
    scheme: str,
    newest: Mapping[str, str],
) -> ExactRanges | None:
    """Read the ranges; None when the record's own notation says that there are none.

    Args:
        affected: what the record says of the package.
        document: the record.
        namespace: of the package.
        scheme: how its versions compare.
        newest: see `sightings.newest_sightings`.

    Raises:
        ValueError: more than bedplate will read, or a notation that is none.
    """
    extra = affected.database_specific or {}
    if namespace == RUNTIME and "vulnerable" in extra and not affected.ranges:
        found = node_ranges(str(extra["vulnerable"]), str(extra.get("patched") or ""))
        return ExactRanges(found) if found else None
    if scheme == "gem" and (gems := _of_gem(extra, document.database_specific or {})):
        return gems
    affected = _with_custom_ranges(affected)
    release = namespace.startswith(("deb:", "apk:", "rpm:"))
    ranges = capped(ranges_of(affected, scheme, release=release), affected, newest)
    return ExactRanges(ranges, _no_fixes(ranges, affected))


def _no_fixes(ranges: tuple[VersionRange, ...], affected: OsvAffected) -> tuple[str, ...]:
    """List ends that no event calls a fix: caps, limits, and the end of a line of versions."""
    if not any(one.fixed for one in ranges):
        return ()
    fixes = {event.fixed for item in affected.ranges or () for event in item.events}
    return tuple(dict.fromkeys(one.fixed for one in ranges if one.fixed and one.fixed not in fixes))


def _of_gem(own: dict[str, Any], of_record: dict[str, Any]) -> ExactRanges | None:
    """Read ruby-advisory-db's requirements, which say more than the intervals made of them."""
    patched, unaffected = (
        _texts(own.get(field) or of_record.get(field))
        for field in ("patched_versions", "unaffected_versions")
    )
    if not patched and not unaffected:
        return None
    try:
        ranges = vulnerable_ranges([*patched, *unaffected])
    except InvalidVersion as error:
        raise ValueError(str(error)) from error
    fixes = named_versions(patched)
    ends = dict.fromkeys(one.fixed for one in ranges if one.fixed)
    return ExactRanges(ranges, tuple(end for end in ends if end not in fixes))


def _texts(listed: Any) -> list[str]:
    if not isinstance(listed, list):
        return []
    return [item for item in listed[:_MAX_REQUIREMENTS] if isinstance(item, str)]


def _with_custom_ranges(affected: OsvAffected) -> OsvAffected:
    """Prefer Go's `custom_ranges`: the standard ones then say "every version"."""
    custom = (affected.ecosystem_specific or {}).get("custom_ranges")
    if not custom:
        return affected
    try:
        ranges = msgspec.convert(custom, list[OsvRange])
    except msgspec.ValidationError as error:
        raise ValueError(f"custom_ranges: {error}") from error
    return msgspec.structs.replace(affected, ranges=ranges)
