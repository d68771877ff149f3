"""No distribution at all: an empty image, or only a program and what it brought along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros import libc
from bedplate.model.distro_release import DistroRelease

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.tree import Tree
    from bedplate.model.want import Want

IDS: tuple[str, ...] = ()
WANTS: tuple[Want, ...] = libc.WANTS

# One of these, and somebody put an operating system there, though it does not say which.
_SYSTEM = (
    "bin/sh",
    "usr/bin/sh",
    "var/lib/dpkg/status",
    "var/lib/dpkg/status.d",
    "lib/apk/db/installed",
    "usr/lib/apk/db/installed",
    "var/lib/rpm",
    "usr/lib/sysimage/rpm",
    "var/lib/pacman",
    "nix/store",
)


def identify(tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease | None:
    """Say `scratch` when there is no os-release, C library, shell or package database."""
    if os_release or any(tree.get(path) for path in _SYSTEM) or libc.find_libcs(tree):
        return None
    return DistroRelease(
        "scratch",
        "scratch",
        evidence="no os-release, C library, shell or package database",
    )
