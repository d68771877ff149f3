"""Alpine Linux."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import leading, release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

IDS: tuple[str, ...] = ("alpine",)
WANTS: tuple[Want, ...] = ()


def identify(_tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take `3.24.2` as the release of cycle 3.24; edge (`3.25.0_alpha...`) has no end."""
    version = os_release.get("VERSION_ID", "")
    edge = "_" in version or version == "edge"
    return release(
        os_release,
        eol_product="alpine-linux",
        eol_cycle="" if edge else leading(version, 2),
    )
