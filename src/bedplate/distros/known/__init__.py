"""The distributions, in the order in which they are asked; the last one takes what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.known import (
    alpine,
    amazon,
    azure,
    busybox,
    debian,
    distroless,
    fedora,
    other,
    photon,
    rhel,
    scratch,
    suse,
    ubuntu,
    wolfi,
)

if TYPE_CHECKING:
    from bedplate.distros.distro import Distro

KNOWN: tuple[Distro, ...] = (
    distroless,
    alpine,
    debian,
    ubuntu,
    wolfi,
    rhel,
    fedora,
    amazon,
    suse,
    azure,
    photon,
    busybox,
    scratch,
    other,
)
