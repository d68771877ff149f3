"""The files of an application: what is judged."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.binaries.elf import is_elf
from bedplate.binaries.library_world import Library
from bedplate.errors import BadInput
from bedplate.model.file_entry import FileKind
from bedplate.model.skipped import Skipped
from bedplate.proving.app_extract import APP_FACTS, unpack_app_file
from bedplate.proving.app_file import AppFile, file_of_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bedplate.model.file_entry import FileEntry
    from bedplate.model.image_config import ImageConfig
    from bedplate.model.loader import Loader
    from bedplate.model.tree import Tree

    Read = Callable[[str], bytes | memoryview | None]

_COMPILED = re.compile(r".+\.(?:node|so(?:\.[A-Za-z0-9_.-]+)?)")
_IN_PACKAGE = re.compile(r"(?:^|/)(?:node_modules|site-packages|dist-packages)/")
_HEAD = 4
_SCRIPT_HEAD = 256


class Application:
    """A folder, the upper layers of an image, or a single file.

    Args:
        tree: its files, at the paths that they have in the image.
        read: gives the bytes of a file by its path; left out, facts of compiled files are
            those that `APP_FACTS` took out while layers streamed by.
        config: of the image, whose commands, user and environment are judged too.
        root: folder that holds it, `app`; empty for the root itself.
    """

    def __init__(
        self,
        tree: Tree,
        read: Read | None = None,
        config: ImageConfig | None = None,
        root: str = "",
    ) -> None:
        self.tree = tree
        self.config = config
        self.root = root
        self.read = read or tree.read
        self.skipped: list[Skipped] = []
        self._files: dict[str, AppFile | None] = {}

    @cached_property
    def _taken(self) -> dict[str, bytes]:
        return dict(self.tree.extracts(APP_FACTS.name))

    @cached_property
    def entries(self) -> dict[str, FileEntry]:
        """Its regular files by path, sorted."""
        found = (entry for entry in self.tree.entries() if entry.kind is FileKind.FILE)
        return {entry.path: entry for entry in sorted(found)}

    @cached_property
    def compiled(self) -> tuple[str, ...]:
        """Paths of its programs and libraries, sorted; each hard link once."""
        return tuple(path for path, entry in self.entries.items() if self._is_compiled(entry))

    def _is_compiled(self, entry: FileEntry) -> bool:
        if entry.path in self._taken:
            return True
        name = entry.path.rpartition("/")[2]
        if entry.size <= _HEAD or not (entry.mode & 0o111 or _COMPILED.fullmatch(name)):
            return False
        return is_elf(bytes((self.read(entry.path) or b"")[:_HEAD]))

    @cached_property
    def _compiled(self) -> frozenset[str]:
        return frozenset(self.compiled)

    def scripts(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and first bytes of the scripts that somebody may execute.

        Those inside packages are left out: they are run by others of the package, or never.
        """
        for path, entry in self.entries.items():
            if not entry.mode & 0o111 or path in self._compiled or _IN_PACKAGE.search(path):
                continue
            head = bytes((self.read(path) or b"")[:_SCRIPT_HEAD])
            if head.startswith(b"#!"):
                yield path, head

    def file(self, path: str) -> AppFile | None:
        """Give a program or library; None when it can't be read, which `skipped` says then.

        Args:
            path: without links in it.
        """
        if path not in self._files:
            self._files[path] = self._open(path)
        return self._files[path]

    def _open(self, path: str) -> AppFile | None:
        entry = self.entries.get(path)
        executable = entry is not None and bool(entry.mode & 0o111)
        try:
            if taken := self._taken.get(path):
                return unpack_app_file(taken, path, executable=executable)
            data = self.read(path)
            if data is None or not is_elf(bytes(data[:_HEAD])):
                return None
            return file_of_bytes(path, lambda: self.read(path) or b"", executable=executable)
        except BadInput as error:
            self.skipped.append(Skipped(path, error.message))
            return None


class ApplicationLibraries:
    """An application as a `LibraryWorld`, each of whose files is read once.

    Args:
        application: whose files they are.
    """

    loaders: Sequence[Loader] = ()

    def __init__(self, application: Application) -> None:
        self._application = application

    def library(self, path: str) -> Library | None:
        """Give what stands at a path, links followed."""
        entry = self._application.tree.resolve(path)
        if entry is None or entry.kind not in (FileKind.FILE, FileKind.HARDLINK):
            return None
        place = entry.link if entry.kind is FileKind.HARDLINK else entry.path
        file = self._application.file(place)
        return Library(place, file.elf) if file else None
