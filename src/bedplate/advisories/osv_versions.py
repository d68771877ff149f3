"""The versions that an OSV record lists one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.versions.ranges import affected as is_affected

if TYPE_CHECKING:
    from bedplate.advisories.osv_document import OsvAffected
    from bedplate.model.version_range import VersionRange

_MAX_VERSIONS = 50_000  # of one package; some have released several times a day for years
_MAX_VERSION = 200


def versions_of(
    affected: OsvAffected, ranges: tuple[VersionRange, ...], scheme: str, name: str
) -> tuple[str, ...]:
    """Give the listed versions that no range covers: the ranges say the rest more briefly.

    Args:
        affected: what the record says of the package.
        ranges: of the same package.
        scheme: how its versions compare.
        name: of the package.

    Raises:
        ValueError: more versions than bedplate will read.
    """
    listed = affected.versions or ()
    if len(listed) > _MAX_VERSIONS:
        raise ValueError("too many versions")
    usable = {_plain(version, name) for version in listed if 0 < len(version) <= _MAX_VERSION}
    if ranges:
        usable = {v for v in usable if is_affected(scheme, v, ranges) is not True}
    return tuple(sorted(usable))


def _plain(version: str, name: str) -> str:
    """Take the `v` off a tag of CPython's repository."""
    return version.removeprefix("v") if name == "python" else version
