"""Azure Linux and CBL-Mariner, its name before version 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import leading, release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

IDS: tuple[str, ...] = ("azurelinux", "mariner")
WANTS: tuple[Want, ...] = ()

_NAMES = {"azurelinux": "Azure Linux", "mariner": "CBL-Mariner"}


def identify(_tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take the release (`3.0`) without the build date that VERSION adds."""
    version = os_release.get("VERSION_ID", "")
    return release(
        os_release,
        name=_NAMES.get(os_release.get("ID", ""), ""),
        version=leading(version, 2) or version,
    )
