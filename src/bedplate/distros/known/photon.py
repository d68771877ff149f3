"""Photon OS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

IDS: tuple[str, ...] = ("photon",)
WANTS: tuple[Want, ...] = ()


def identify(_tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Name it `Photon OS`; os-release says `VMware Photon OS` or `VMware Photon`."""
    return release(os_release, name="Photon OS")
