"""Amazon Linux: 2023, 2, and the yearly ones before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import more_precise, release
from bedplate.model.want import KIB, Want

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree

IDS: tuple[str, ...] = ("amzn",)
WANTS: tuple[Want, ...] = (Want("etc/amazon-linux-release", KIB, head=True),)


def identify(tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take the exact release (`2023.6.20241121`) from the release file of 2023."""
    stated = os_release.get("VERSION_ID", "")
    line = (tree.read("etc/amazon-linux-release") or b"").decode("utf-8", "replace")
    words = line.partition(" release ")[2].split()
    return release(
        os_release,
        version=more_precise(stated, words[0]) if words and words[0].isprintable() else stated,
        eol_product="amazon-linux",
        eol_cycle=stated,
    )
