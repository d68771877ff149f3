"""Where libraries are looked for: the contract of a root file system, of bytes or of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.model.elf_file import ElfFile
    from bedplate.model.loader import Loader


class Library(NamedTuple):
    """A program or library at its place.

    Args:
        path: from the root, without a leading slash, no link in it: the same file is the same
            path, which stands for the inode that loaders compare.
        elf: what was read of it, with symbols.
    """

    path: str
    elf: ElfFile


class LibraryWorld(Protocol):
    """The libraries of a root file system."""

    @property
    def loaders(self) -> Sequence[Loader]:
        """Give its dynamic loaders."""
        ...

    def library(self, path: str) -> Library | None:
        """Give what stands at a path, links followed.

        Args:
            path: from the root, without a leading slash; `..` and links are resolved.

        Returns:
            None when there is nothing, or no ELF file that can be read.
        """
        ...


def loader_of(world: LibraryWorld, interpreter: str) -> Loader | None:
    """Give the loader that a program names, which may be there under another name too.

    Args:
        world: where to look.
        interpreter: PT_INTERP.

    Returns:
        None when the kernel would not start the program for want of it.
    """
    path = interpreter.strip("/")
    for loader in world.loaders:
        if loader.path == path:
            return loader
    found = world.library(path)
    for loader in world.loaders if found else ():
        same = world.library(loader.path)
        if found and same and same.path == found.path:
            return loader
    return None
