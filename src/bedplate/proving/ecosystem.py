"""The contract of an entry on the shelf `ecosystems/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage
    from bedplate.model.native_evidence import NativeEvidence


class Ecosystem(Protocol):
    """Knows how the packages of one ecosystem bring native code along.

    TYPE is the purl type.
    """

    TYPE: str

    def judge(
        self,
        package: LockedPackage,
        packages: Mapping[str, LockedPackage],
        target: InstallTarget,
    ) -> NativeEvidence | None:
        """Tell which build of a package is there once it is installed on a target.

        Args:
            package: of the lock file.
            packages: all of the lock file, by key.
            target: where it is installed; that it may be copied elsewhere is left aside.

        Returns:
            None for a package that is judged with the one that needs it, such as the builds
            for single platforms.
        """
        ...
