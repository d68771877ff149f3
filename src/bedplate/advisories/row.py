"""A row of a store: what one advisory says of one package, as compact as matching needs it."""

from __future__ import annotations

import msgspec

from bedplate.model.advisory import AffectedPackage, Status  # noqa: TC001 - msgspec resolves it
from bedplate.model.version_range import VersionRange

NO_FIX = "no-fix"
"""Qualifier: ends of ranges, joined by commas, that bound what is known and fix nothing."""


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
    def no_fixes(self) -> tuple[str, ...]:
        """The ends of ranges that are not to be named as fixes."""
        for name, value in self.qualifiers:
            if name == NO_FIX:
                return tuple(value.split(","))
        return ()

    @property
    def fixes(self) -> tuple[str, ...]:
        """The versions that fix it, each in its own branch."""
        no_fixes = self.no_fixes
        ends = (self.until,) if self.until else tuple(bound[1] for bound in self.bounds)
        return tuple(end for end in ends if end and end not in no_fixes)

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
