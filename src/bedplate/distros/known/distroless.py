"""Distroless: a distribution's libraries without its shell and package manager."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.distros.release_fields import leading, more_precise, release
from bedplate.model.want import KIB, Want

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree

IDS: tuple[str, ...] = ("debian",)
WANTS: tuple[Want, ...] = (Want("etc/debian_version", KIB, head=True),)

_STATUS_FOLDER = "var/lib/dpkg/status.d"
_PROGRAMS = ("bin/sh", "usr/bin/sh", "usr/bin/dpkg", "usr/bin/apt-get")


def identify(tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease | None:
    """Go by PRETTY_NAME, or by packages that are listed but could not have been installed.

    The packages are Debian's, and so is the end of life.
    """
    stated = os_release.get("PRETTY_NAME", "").startswith("Distroless")
    packages = tree.get(_STATUS_FOLDER) is not None
    if not stated and not (packages and not any(tree.resolve(path) for path in _PROGRAMS)):
        return None
    version = os_release.get("VERSION_ID", "")
    line = (tree.read("etc/debian_version") or b"").decode("utf-8", "replace").strip()
    made = release(
        os_release,
        name="Distroless (Debian)",
        version=more_precise(version, line) if line.isprintable() else version,
        base_id="debian",
        eol_product="debian",
        eol_cycle=leading(version, 1),
    )
    return replace(made, id="distroless", evidence="" if stated else _STATUS_FOLDER)
