"""Packages that a stage installs and its release does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.linting.package_installs import InstalledName
    from bedplate.linting.package_names import PackageNames


class AbsentPackage(NamedTuple):
    """A name that an index does not hold.

    Args:
        installed: the name, and where it stands.
        release: for people: `Debian 12`.
        successor: what probably took its place; empty when nothing is known.
        shown_by: address and date of the index.
    """

    installed: InstalledName
    release: str
    successor: str
    shown_by: str


def find_absent(
    installed: Iterable[InstalledName], names: PackageNames, release: str, shown_by: str
) -> Iterator[AbsentPackage]:
    """Find the names that an index does not hold.

    Args:
        installed: by the package manager that the index is of.
        names: of the index.
        release: for people.
        shown_by: address and date of the index.
    """
    for one in installed:
        # `x+` asks apt for x where there is no package of that very name
        if one.name not in names and one.name.rstrip("+") not in names:
            yield AbsentPackage(one, release, names.successor(one.name), shown_by)
