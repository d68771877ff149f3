"""The kinds of `LibraryWorld`: over a tree, over a profile, and one upon another."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.binaries.elf import is_elf, read_elf
from bedplate.binaries.elf_extract import ELF_FACTS, unpack_elf
from bedplate.binaries.library_world import Library
from bedplate.binaries.loaders import find_loaders
from bedplate.errors import BadInput
from bedplate.model.file_entry import FileKind
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bedplate.binaries.library_world import LibraryWorld
    from bedplate.model.abi_profile import AbiProfile
    from bedplate.model.elf_file import ElfFile
    from bedplate.model.loader import Loader
    from bedplate.model.tree import Tree

_MAX_LINKS = 40


class TreeLibraries:
    """The libraries of a tree, each read when it is first looked at.

    Args:
        tree: the root file system.
        read: gives the bytes of a file by its resolved path; left out, they are those that
            the tree was asked to keep, and what `ELF_FACTS` took out of its files.
    """

    def __init__(
        self, tree: Tree, read: Callable[[str], bytes | memoryview | None] | None = None
    ) -> None:
        self.tree = tree
        self.read = read or tree.read
        self.skipped: list[Skipped] = []
        self._files: dict[str, ElfFile | None] = {}
        self._found: dict[str, Library | None] = {}

    @cached_property
    def loaders(self) -> Sequence[Loader]:
        """Its dynamic loaders."""
        return find_loaders(self.tree, self.read)

    def library(self, path: str) -> Library | None:
        """Give what stands at a path."""
        if path not in self._found:
            self._found[path] = self._look_up(path)
        return self._found[path]

    def _look_up(self, path: str) -> Library | None:
        entry = self.tree.resolve(path)
        if entry is None or entry.kind not in (FileKind.FILE, FileKind.HARDLINK):
            return None
        place = entry.link if entry.kind is FileKind.HARDLINK else entry.path
        if place not in self._files:
            self._files[place] = self._read(place)
        elf = self._files[place]
        return Library(place, elf) if elf else None

    @cached_property
    def _taken(self) -> dict[str, bytes]:
        return dict(self.tree.extracts(ELF_FACTS.name))

    def _read(self, path: str) -> ElfFile | None:
        try:
            if taken := self._taken.get(path):
                return unpack_elf(taken, path)
            data = self.read(path)
            return read_elf(data) if data and is_elf(bytes(data[:4])) else None
        except BadInput as error:
            self.skipped.append(Skipped(path, error.message))
            return None


class ProfileLibraries:
    """The libraries of a profile.

    Args:
        profile: of a base.
    """

    def __init__(self, profile: AbiProfile) -> None:
        self.profile = profile
        self.loaders: Sequence[Loader] = profile.loaders

    def library(self, path: str) -> Library | None:
        """Give what stands at a path."""
        real = self._real(path)
        elf = self.profile.libraries.get(real) if real is not None else None
        return Library(real, elf) if real is not None and elf else None

    def _real(self, path: str) -> str | None:
        """Follow the links that the profile has; folders are there when something is in them."""
        pending = path.split("/")[::-1]
        done = ""
        left = _MAX_LINKS
        while pending:
            part = pending.pop()
            if part in ("", "."):
                continue
            if part == "..":
                done = done.rpartition("/")[0]
                continue
            done = f"{done}/{part}" if done else part
            target = self.profile.links.get(done)
            if target is not None:
                left -= 1
                if left < 0:
                    return None
                pending += target.split("/")[::-1]
                done = ""
        return done


class LayeredLibraries:
    """An application's files upon a base; a link of one does not lead into the other.

    Args:
        upper: seen first.
        lower: seen where the upper one has nothing; its loaders are those of both, if any.
    """

    def __init__(self, upper: LibraryWorld, lower: LibraryWorld) -> None:
        self._upper = upper
        self._lower = lower

    @property
    def loaders(self) -> Sequence[Loader]:
        """The loaders of both, the upper one's first."""
        return (*self._upper.loaders, *self._lower.loaders)

    def library(self, path: str) -> Library | None:
        """Give what stands at a path."""
        return self._upper.library(path) or self._lower.library(path)


class FileLibraries:
    """A handful of files, as those of an application folder.

    Args:
        files: by path from the root, without a leading slash.
        links: path -> path that it leads to.
    """

    loaders: Sequence[Loader] = ()

    def __init__(self, files: dict[str, ElfFile], links: dict[str, str] | None = None) -> None:
        self._files = files
        self._links = links or {}

    def library(self, path: str) -> Library | None:
        """Give what stands at a path."""
        path = posixpath.normpath(path)
        path = self._links.get(path, path)
        elf = self._files.get(path)
        return Library(path, elf) if elf else None
