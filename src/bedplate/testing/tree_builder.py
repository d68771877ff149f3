"""A tree in memory, for tests of readers."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from bedplate.model.file_entry import FileEntry, FileKind
from bedplate.model.want import Want, compile_glob, extract_from, search_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MAX_LINKS = 40


class MemoryTree:
    """A `Tree` made from a mapping of path to content.

    Args:
        files: path without leading slash -> bytes of a regular file, or a `str`: the target
            of a symlink. Parent folders are made as needed.
        wants: what is asked for; only this is readable, as in a real tree. None keeps all.
        layers: path -> layer of origin, 0 when left out.
        folders: empty folders to add.
        modes: path -> permission bits of a regular file, 0o644 when left out.
    """

    def __init__(
        self,
        files: Mapping[str, bytes | str],
        wants: Iterable[Want] | None = None,
        layers: Mapping[str, int] | None = None,
        folders: Iterable[str] = (),
        modes: Mapping[str, int] | None = None,
    ) -> None:
        self._entries: dict[str, FileEntry] = {}
        self._content: dict[str, bytes] = {}
        self._wants = None if wants is None else [(w, compile_glob(w.glob)) for w in wants]
        for path, content in files.items():
            self._add_folders(posixpath.dirname(path))
            layer = (layers or {}).get(path, 0)
            if isinstance(content, str):
                entry = FileEntry(path, FileKind.SYMLINK, link=content, mode=0o777, layer=layer)
            else:
                mode = (modes or {}).get(path, 0o644)
                entry = FileEntry(path, FileKind.FILE, len(content), mode, layer=layer)
                self._content[path] = content
            self._entries[path] = entry
        for folder in folders:
            self._add_folders(folder)

    def _add_folders(self, folder: str) -> None:
        while folder and folder not in self._entries:
            self._entries[folder] = FileEntry(folder, FileKind.DIRECTORY, mode=0o755)
            folder = posixpath.dirname(folder)

    def get(self, path: str) -> FileEntry | None:
        """Look an entry up, following symlinked parents."""
        parent, name = posixpath.split(path)
        folder = self._folder(path if name in (".", "..") else parent)
        if folder is None or name in (".", ".."):
            return self._entries.get(folder) if folder else None
        return self._entries.get(f"{folder}/{name}" if folder else name)

    def _folder(self, path: str) -> str | None:
        """Give the real path of a folder, empty for the root; None when there is none."""
        parent, name = posixpath.split(path)
        if not name:
            return ""
        if name in (".", ".."):
            above = self._folder(parent)
            return posixpath.dirname(above) if above and name == ".." else above
        entry = self.resolve(path)
        return entry.path if entry else None

    def resolve(self, path: str) -> FileEntry | None:
        """Look an entry up, following every symlink."""
        for _ in range(_MAX_LINKS):
            entry = self.get(path)
            if entry is None or entry.kind is not FileKind.SYMLINK:
                return entry
            target = posixpath.join("/", posixpath.dirname(entry.path), entry.link)
            path = posixpath.normpath(target).lstrip("/")
        return None

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file that some want keeps."""
        entry = self.resolve(path)
        content = self._content.get(entry.path) if entry else None
        if content is None or entry is None or self._wants is None:
            return content
        for want, pattern in self._wants:
            if want.whole and pattern.fullmatch(entry.path):
                if len(content) <= want.limit:
                    return content
                if want.head:
                    return content[: want.limit]
        return None

    def found(self, path: str) -> bytes | None:
        """Give what a search want finds."""
        entry = self.resolve(path)
        content = self._content.get(entry.path) if entry else None
        if content is None or entry is None:
            return None
        for want, pattern in self._wants or ():
            if pattern.fullmatch(entry.path) and (hit := search_in(want, content)) is not None:
                return hit
        return None

    def extracts(self, name: str) -> Iterable[tuple[str, bytes]]:
        """List what extracts of this name take out of files; modes and magic do not count."""
        found = []
        for path, content in sorted(self._content.items()):
            mine = [want for want, pattern in self._wants or () if pattern.fullmatch(path)]
            taken = extract_from(mine, content)
            if name in taken:
                found.append((path, taken[name]))
        return found

    def kept(self, glob: str) -> Iterable[str]:
        """List the paths that match and can be read or were found."""
        pattern = compile_glob(glob)
        return sorted(
            path
            for path in self._content
            if pattern.fullmatch(path)
            and (self.read(path) is not None or self.found(path) is not None)
        )

    def entries(self) -> Iterator[FileEntry]:
        """Walk every entry."""
        return iter(tuple(self._entries.values()))

    def children(self, folder: str) -> Iterable[str]:
        """List the names directly below a folder."""
        entry = self.resolve(folder) if folder else None
        base = entry.path if entry else folder
        prefix = f"{base}/" if base else ""
        return sorted(
            path[len(prefix) :]
            for path in self._entries
            if path.startswith(prefix) and path != base and "/" not in path[len(prefix) :]
        )
