"""A few files as a `Tree`: for callers that have contents by path and nothing else."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from bedplate.model.file_entry import FileEntry, FileKind
from bedplate.model.want import compile_glob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_EXECUTABLE = 0o755


class MemoryFiles:
    """Files without links; all of them may be executed.

    Args:
        files: contents by path from the root, without a leading slash.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = {posixpath.normpath(path).strip("/"): data for path, data in files.items()}
        self._folders: dict[str, set[str]] = {}
        for path in self._files:
            while path:
                parent, _, name = path.rpartition("/")
                self._folders.setdefault(parent, set()).add(name)
                path = parent  # noqa: PLW2901 - up to the root

    def get(self, path: str) -> FileEntry | None:
        """Look an entry up."""
        path = posixpath.normpath(path).strip("/")
        if path in self._files:
            return FileEntry(path, FileKind.FILE, len(self._files[path]), _EXECUTABLE)
        return FileEntry(path, FileKind.DIRECTORY, mode=0o755) if path in self._folders else None

    def resolve(self, path: str) -> FileEntry | None:
        """Look an entry up: there are no links to follow."""
        return self.get(path)

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file."""
        return self._files.get(posixpath.normpath(path).strip("/"))

    def found(self, path: str) -> bytes | None:  # noqa: ARG002
        """Nothing was searched for."""
        return None

    def extracts(self, name: str) -> Iterable[tuple[str, bytes]]:  # noqa: ARG002
        """Nothing was taken out: the bytes are there."""
        return ()

    def kept(self, glob: str) -> Iterable[str]:
        """List the paths that match, sorted."""
        pattern = compile_glob(glob)
        return sorted(path for path in self._files if pattern.fullmatch(path))

    def entries(self) -> Iterator[FileEntry]:
        """Walk every file."""
        for path, data in self._files.items():
            yield FileEntry(path, FileKind.FILE, len(data), _EXECUTABLE)

    def children(self, folder: str) -> Iterable[str]:
        """List the names directly below a folder."""
        return sorted(self._folders.get(folder.strip("/"), ()))
