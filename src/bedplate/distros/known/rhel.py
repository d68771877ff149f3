"""Red Hat Enterprise Linux (UBI too) and its rebuilds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import leading, more_precise, release
from bedplate.model.want import KIB, Want

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree

_PRODUCTS = {
    "rhel": "rhel",
    "centos": "centos",
    "almalinux": "almalinux",
    "rocky": "rocky-linux",
    "ol": "oracle-linux",
    "scientific": "",
}

IDS: tuple[str, ...] = tuple(_PRODUCTS)
WANTS: tuple[Want, ...] = (Want("etc/centos-release", KIB, head=True),)


def identify(tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take the minor release from os-release; CentOS has it only in `etc/centos-release`.

    CentOS Linux and CentOS Stream share an ID, and only the name tells them apart.
    """
    key = os_release.get("ID", "")
    version = os_release.get("VERSION_ID", "")
    product = _PRODUCTS.get(key, "")
    if key == "centos":
        if "Stream" in os_release.get("NAME", ""):
            product = "centos-stream"
        line = (tree.read("etc/centos-release") or b"").decode("utf-8", "replace")
        words = line.partition(" release ")[2].split()
        if words and words[0].isprintable():
            version = more_precise(version, words[0])
    return release(os_release, version=version, eol_product=product, eol_cycle=leading(version, 1))
