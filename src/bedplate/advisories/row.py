"""A row of a store: what one advisory says of one package, as compact as matching needs it."""

from __future__ import annotations

import msgspec

from bedplate.model.advisory import AffectedPackage, Status  # noqa: TC001 - msgspec resolves it
from bedplate.model.version_range import VersionRange


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One row; rows of a package come in an order that lets matching stop early.

    Rows with an `until` come last, the newest `until` first: a version that is not older than
    the `until` of one row is older than that of no row after it.

    Args:
        advisory: key of the advisory in its store.
        status: what the advisory says.
        until: the version that fixes it, of a row that is vulnerable from the beginning up to
            there and says nothing else of versions; empty otherwise.
        bounds: introduced, fixed and last affected version of each range of any other row.
        versions: single vulnerable versions.
        qualifiers: as in `AffectedPackage`.
    """

    advisory: int
    status: Status
    until: str = ""
    bounds: tuple[tuple[str, str, str], ...] = ()
    versions: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def ranges(self) -> tuple[VersionRange, ...]:
        """The ranges of vulnerable versions, `until` among them."""
        if self.until:
            return (VersionRange(fixed=self.until),)
        return tuple(VersionRange(*bound) for bound in self.bounds)


def row_of(advisory: int, package: AffectedPackage) -> Row:
    """Make the row of a package.

    Args:
        advisory: key of its advisory.
        package: what the advisory says of it.
    """
    ranges = package.ranges
    if len(ranges) == 1 and ranges[0].introduced == "0" and not package.versions:
        until = ranges[0].fixed
        if until:
            return Row(advisory, package.status, until, (), (), package.qualifiers)
    bounds = tuple((item.introduced, item.fixed, item.last_affected) for item in ranges)
    return Row(advisory, package.status, "", bounds, package.versions, package.qualifiers)
