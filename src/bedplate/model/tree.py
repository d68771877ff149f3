"""The view of a root file system that readers are given: no I/O of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.file_entry import FileEntry


class Tree(Protocol):
    """A merged file system: every layer applied, whiteouts honoured.

    Paths are from the root without a leading slash. Only bytes that some `Want` asked for
    are there to read.
    """

    def get(self, path: str) -> FileEntry | None:
        """Look an entry up; parent folders that are symlinks are followed, the last is not."""
        ...

    def resolve(self, path: str) -> FileEntry | None:
        """Look an entry up, following every symlink inside the root (at most 40)."""
        ...

    def read(self, path: str) -> bytes | None:
        """Give the kept bytes of a file (links followed); None when absent or not kept."""
        ...

    def found(self, path: str) -> bytes | None:
        """Give what a search `Want` found in this file (links followed), if anything."""
        ...

    def extracts(self, name: str) -> Iterable[tuple[str, bytes]]:
        """List path and outcome of every visible file with an extract of this name, sorted."""
        ...

    def kept(self, glob: str) -> Iterable[str]:
        """List the paths, sorted, whose bytes or search result were kept and match `glob`.

        `glob` has the syntax of `Want.glob`, and should be one that was asked for.
        """
        ...

    def entries(self) -> Iterator[FileEntry]:
        """Walk every visible entry, in no particular order."""
        ...

    def children(self, folder: str) -> Iterable[str]:
        """List the names directly below a folder (symlinks to folders followed)."""
        ...
