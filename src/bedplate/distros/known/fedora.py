"""Fedora."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import leading, release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

IDS: tuple[str, ...] = ("fedora",)
WANTS: tuple[Want, ...] = ()


def identify(_tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take the release, which is the cycle; Rawhide is a number ahead of the last one."""
    version = os_release.get("VERSION_ID", "")
    return release(os_release, eol_product="fedora", eol_cycle=leading(version, 1))
