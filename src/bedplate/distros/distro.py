"""The contract of an entry on the shelf `known/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want


class Distro(Protocol):
    """Recognises one distribution (or family of rebuilds that share a lineage).

    IDS are the os-release IDs that it answers for; an entry without IDS is asked about
    every tree. WANTS are the files that it reads beside os-release.
    """

    IDS: tuple[str, ...]
    WANTS: tuple[Want, ...]

    def identify(self, tree: Tree, os_release: Mapping[str, str], /) -> DistroRelease | None:
        """Give the release, or None when the tree is not this distribution.

        An empty `evidence` stands for the file from which `os_release` was read.
        """
        ...
