"""A tree that holds one file, for readers that are given a file instead of an image."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from bedplate.model.file_entry import FileEntry, FileKind
from bedplate.model.want import Want, compile_glob, extract_from, search_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class SingleFileTree:
    """A `Tree` of one file and its parent folders.

    Args:
        path: from the root; leading slashes and `./` are taken off.
        content: all of the file.
        wants: what readers ask for; only this can be read, as in any tree.
    """

    def __init__(self, path: str, content: bytes, wants: Iterable[Want]) -> None:
        self.path = posixpath.normpath(f"/{path}").lstrip("/")
        self._entries = {self.path: FileEntry(self.path, FileKind.FILE, size=len(content))}
        folder = posixpath.dirname(self.path)
        while folder:
            self._entries[folder] = FileEntry(folder, FileKind.DIRECTORY, mode=0o755)
            folder = posixpath.dirname(folder)
        mine = [want for want in wants if compile_glob(want.glob).fullmatch(self.path)]
        self._kept = next((content[: want.limit] for want in mine if _is_kept(want, content)), None)
        hits = (search_in(want, content) for want in mine)
        self._found = next((hit for hit in hits if hit is not None), None)
        self._extracts = extract_from(mine, content)

    def get(self, path: str) -> FileEntry | None:
        """Look an entry up."""
        return self._entries.get(path)

    def resolve(self, path: str) -> FileEntry | None:
        """Look an entry up; there are no links."""
        return self._entries.get(path)

    def read(self, path: str) -> bytes | None:
        """Give the bytes of the file if some want keeps them."""
        return self._kept if path == self.path else None

    def found(self, path: str) -> bytes | None:
        """Give what a search want finds."""
        return self._found if path == self.path else None

    def extracts(self, name: str) -> Iterable[tuple[str, bytes]]:
        """List the file if an extract of this name takes something out of it."""
        return [(self.path, self._extracts[name])] if name in self._extracts else []

    def kept(self, glob: str) -> Iterable[str]:
        """List the file if it matches and can be read or was found."""
        readable = self._kept is not None or self._found is not None
        return [self.path] if readable and compile_glob(glob).fullmatch(self.path) else []

    def entries(self) -> Iterator[FileEntry]:
        """Walk the file and its folders."""
        return iter(tuple(self._entries.values()))

    def children(self, folder: str) -> Iterable[str]:
        """List the one name below a folder of the path."""
        return [
            posixpath.basename(one) for one in self._entries if posixpath.dirname(one) == folder
        ]


def _is_kept(want: Want, content: bytes) -> bool:
    return want.whole and (want.head or len(content) <= want.limit)
