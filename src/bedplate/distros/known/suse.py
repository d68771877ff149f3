"""SUSE Linux Enterprise (BCI too) and openSUSE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.release_fields import leading, release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

# ID -> name, and the key in the end-of-life table
_PRODUCTS = {
    "sles": ("SUSE Linux Enterprise Server", "sles"),
    "sled": ("SUSE Linux Enterprise Desktop", "sles"),
    "sle-micro": ("SUSE Linux Enterprise Micro", ""),
    "sl-micro": ("SUSE Linux Micro", ""),
    "opensuse": ("openSUSE", "opensuse"),
    "opensuse-leap": ("openSUSE Leap", "opensuse"),
    "opensuse-tumbleweed": ("openSUSE Tumbleweed", ""),
    "opensuse-microos": ("openSUSE MicroOS", ""),
}

IDS: tuple[str, ...] = tuple(_PRODUCTS)
WANTS: tuple[Want, ...] = ()


def identify(_tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease:
    """Take the release with its service pack (`15.7`); a first one is `15`, cycle `15.0`."""
    name, product = _PRODUCTS.get(os_release.get("ID", ""), ("", ""))
    version = os_release.get("VERSION_ID", "")
    cycle = leading(version, 2) or (f"{version}.0" if leading(version, 1) else "")
    return release(os_release, name=name, eol_product=product, eol_cycle=cycle)
