"""Ubuntu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import leading, more_precise, release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

IDS: tuple[str, ...] = ("ubuntu",)
WANTS: tuple[Want, ...] = ()


def identify(_tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take the point release from VERSION (`24.04.3 LTS (Noble Numbat)`)."""
    stated = os_release.get("VERSION_ID", "")
    words = os_release.get("VERSION", "").split()
    return release(
        os_release,
        version=more_precise(stated, words[0]) if words else stated,
        eol_product="ubuntu",
        eol_cycle=leading(stated, 2),
    )
