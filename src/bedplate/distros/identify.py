"""Which distribution and release a root file system is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.distros import os_release
from bedplate.distros.known import KNOWN
from bedplate.model.distro_release import DistroRelease

if TYPE_CHECKING:
    from bedplate.model.tree import Tree

WANTS = (*os_release.WANTS, *(want for distro in KNOWN for want in distro.WANTS))


def identify(tree: Tree) -> DistroRelease:
    """Give the release; never fails.

    Args:
        tree: a merged root file system that was read with `WANTS`.

    Returns:
        What the first entry of the shelf says that recognises the tree. The id is
        `scratch` when there is no operating system, and `unknown` when there is one that
        does not say its name.
    """
    fields, path = os_release.locate(tree)
    key = fields.get("ID", "").lower()
    for distro in KNOWN:
        if distro.IDS and key not in distro.IDS:
            continue
        release = distro.identify(tree, fields)
        if release is not None:
            return release if release.evidence else replace(release, evidence=path)
    return DistroRelease("unknown", "Unknown Linux")  # only if the last entry grew picky
