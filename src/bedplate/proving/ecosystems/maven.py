"""Java archives: natives inside them, which run the code of one C library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeEvidence, NativeKind
from bedplate.proving.carried_builds import judge_carried
from bedplate.proving.native_packages import known_package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage

TYPE = "maven"


def judge(
    package: LockedPackage, packages: Mapping[str, LockedPackage], target: InstallTarget
) -> NativeEvidence | None:
    """Tell which natives of an archive would be loaded on a target.

    Args:
        package: an archive.
        packages: all of the lock file, not looked at.
        target: where it runs.
    """
    del packages
    known = known_package(TYPE, package.name, package.version)
    if known is None:
        return NativeEvidence(NativeKind.PURE, ("not known to have native libraries inside",))
    return judge_carried(known, package, target)
