"""Wolfi and Chainguard OS, which is built from it: rolling, apk packages, glibc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

IDS: tuple[str, ...] = ("wolfi", "chainguard")
WANTS: tuple[Want, ...] = ()


def identify(_tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take the fields as they are; VERSION_ID is the date on which the distribution began."""
    return release(os_release, base_id="wolfi" if os_release.get("ID") == "chainguard" else "")
