"""Every other distribution, by what its os-release says; and Linux that does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import release
from bedplate.model.distro_release import DistroRelease

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

IDS: tuple[str, ...] = ()
WANTS: tuple[Want, ...] = ()


def identify(_tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Go by the fields; the nearest relative in ID_LIKE is the one it is built on.

    Rolling distributions have no VERSION_ID; the image's own version or build stands in.
    """
    if not os_release:
        return DistroRelease("unknown", "Unknown Linux", evidence="no os-release")
    relatives = os_release.get("ID_LIKE", "").split()
    names = ("VERSION_ID", "IMAGE_VERSION", "BUILD_ID")
    return release(
        os_release,
        version=next((os_release[name] for name in names if os_release.get(name)), ""),
        base_id=relatives[0] if relatives else "",
    )
