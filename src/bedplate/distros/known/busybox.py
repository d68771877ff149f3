"""BusyBox alone, as the official image: no os-release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.distro_release import DistroRelease
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.tree import Tree

IDS: tuple[str, ...] = ()

# `make install` links every applet to one file, and `[` sorts before `busybox`: a layer
# holds the bytes under the first name.
_PROGRAMS = ("bin/busybox", "bin/[", "usr/bin/busybox", "busybox/busybox")

WANTS: tuple[Want, ...] = tuple(
    Want(path, 16 * MIB, search=rb"BusyBox v(\d{1,3}\.\d{1,3}\.\d{1,3})", needle=b"BusyBox v")
    for path in _PROGRAMS
)


def identify(tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease | None:
    """Take the version from the program's own banner."""
    if os_release:
        return None
    for path in _PROGRAMS:
        banner = tree.found(path)
        if banner is not None or (path.endswith("/busybox") and tree.resolve(path)):
            version = (banner or b"").decode("ascii", "replace")
            return DistroRelease("busybox", "BusyBox", version, evidence=path)
    return None
