"""A base that an application is proved against: an image's tree, or the profile of one."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.binaries.abi_profile import read_abi_profile
from bedplate.binaries.library_worlds import ProfileLibraries, TreeLibraries
from bedplate.distros.identify import identify
from bedplate.model.loader import LoaderKind
from bedplate.runtimes.find import find_runtimes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.binaries.library_world import LibraryWorld
    from bedplate.model.abi_profile import AbiProfile
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

_COMMAND_FOLDERS = ("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin")
_ALPINE_LIKE = frozenset(("alpine", "wolfi", "chainguard"))
_DEBIAN_LIKE = frozenset(("debian", "ubuntu"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A base.

    Args:
        name: as the user named it.
        world: its libraries.
        profile: its commands, users and what else is not a library.
        known_from: `layers`, `root file system`, `profile of ...`.
        tree: all of its files; None when only the profile is known.
        read: gives the bytes of a file of the tree.
        package_format: `deb`, `apk` or empty: whose package names help.
        machine: `e_machine` of its platform, where no loader shows it.
        partial: it holds the C library and little else: of others nothing is known.
    """

    name: str
    world: LibraryWorld
    profile: AbiProfile
    known_from: str = "layers"
    tree: Tree | None = None
    read: Callable[[str], bytes | memoryview | None] | None = None
    package_format: str = ""
    machine: int = 0
    partial: bool = False
    _skipped: list[Skipped] = field(default_factory=list, repr=False)

    @property
    def libc(self) -> str:
        """The C library with the version that its loader says, for people."""
        for loader in self.profile.loaders:
            return f"{loader.kind} {loader.version}".strip()
        return ""

    @property
    def is_musl(self) -> bool:
        """Whether programs run by musl: its loader is the first."""
        return any(loader.kind is LoaderKind.MUSL for loader in self.profile.loaders[:1])

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What of it could not be examined so far."""
        return tuple(self._skipped)

    def has(self, path: str) -> bool | None:
        """Tell whether a file or folder is there; None when that is not known.

        Args:
            path: from the root, with or without a leading slash.
        """
        path = posixpath.normpath(path).strip("/")
        if self.tree is not None:
            return self.tree.resolve(path) is not None
        profile = self.profile
        if path in self._known_paths() or self.world.library(path):
            return True
        folder = path.rpartition("/")[0]
        real = profile.links.get(folder, folder)
        if f"{real}/{path.rpartition('/')[2]}" in profile.commands:
            return True
        known = not self.partial and real in {*_COMMAND_FOLDERS, *profile.folders}
        return False if known else None

    def _known_paths(self) -> set[str]:
        profile = self.profile
        return {
            *profile.commands,
            *profile.files,
            *profile.shells,
            *profile.temporary,
            *(loader.path for loader in profile.loaders),
        }


def candidate_of_tree(
    name: str,
    tree: Tree,
    read: Callable[[str], bytes | memoryview | None] | None = None,
    known_from: str = "layers",
    machine: int = 0,
) -> Candidate:
    """Make a candidate of a tree.

    Args:
        name: as the user named it.
        tree: read with `binaries.abi_profile.WANTS`, and with those of `runtimes` and
            `distros` for main programs and names of packages.
        read: gives the bytes of a file by its path, where the tree does not hold them.
        known_from: said in the report.
        machine: `e_machine` of its platform, where no loader shows it.
    """
    world = TreeLibraries(tree, read)
    profile = read_abi_profile(world, find_runtimes(tree), libraries=False)
    kind = _format_of(tree)
    return Candidate(
        name, world, profile, known_from, tree, read, kind, machine, _skipped=world.skipped
    )


def candidate_of_profile(
    name: str, profile: AbiProfile, known_from: str, *, partial: bool = False
) -> Candidate:
    """Make a candidate of a profile.

    Args:
        name: as the user named it.
        profile: of a base.
        known_from: whose profile it is and of which day.
        partial: it holds the C library and little else.
    """
    musl = any(loader.kind is LoaderKind.MUSL for loader in profile.loaders)
    alpine = "etc/alpine-release" in profile.files
    kind = "apk" if alpine else "deb" if profile.loaders and not musl else ""
    world = ProfileLibraries(profile)
    return Candidate(name, world, profile, known_from, package_format=kind, partial=partial)


def _format_of(tree: Tree) -> str:
    release = identify(tree)
    families = {release.id, release.base_id}
    if families & _ALPINE_LIKE:
        return "apk"
    return "deb" if families & _DEBIAN_LIKE else ""
