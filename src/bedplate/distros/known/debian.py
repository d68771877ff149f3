"""Debian."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import leading, more_precise, release
from bedplate.model.want import KIB, Want

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree

IDS: tuple[str, ...] = ("debian",)
WANTS: tuple[Want, ...] = (Want("etc/debian_version", KIB, head=True),)


def identify(tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take the point release from `etc/debian_version`: os-release says only `12`.

    Testing and unstable have no VERSION_ID; the file then says `forky/sid`.
    """
    stated = os_release.get("VERSION_ID", "")
    line = (tree.read("etc/debian_version") or b"").decode("utf-8", "replace").strip()
    version = line if not stated else more_precise(stated, line)
    return release(
        os_release,
        version=version[:40] if version.isprintable() else stated,
        eol_product="debian",
        eol_cycle=leading(stated, 1),
    )
