"""The contract of an entry on the shelf `package_keys/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.matching.look_up import LookUp, NoLookUp
    from bedplate.model.package import Package


class PackageKey(Protocol):
    """Says under which names and versions advisories speak of the packages of one type.

    TYPE is the purl type.
    """

    TYPE: str

    def look_up(self, package: Package, namespace: str, /) -> LookUp | NoLookUp:
        """Give what to ask for.

        Args:
            package: of this type, with a version.
            namespace: of the distribution that it is installed on; empty when there are no
                advisories for it, or none is known.
        """
        ...
