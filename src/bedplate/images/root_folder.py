"""A folder walked as if it were the only layer of an image."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded
from bedplate.images.extraction import ELF, EXECUTABLE
from bedplate.images.keeping import keep_wanted
from bedplate.images.layer_index import HARDLINK, LayerIndex
from bedplate.images.tar import pack_owner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.images.limits import Limits
    from bedplate.images.selection import Selection
    from bedplate.model.want import Want

_KINDS = {
    stat.S_IFREG: "0",
    stat.S_IFLNK: "2",
    stat.S_IFCHR: "3",
    stat.S_IFBLK: "4",
    stat.S_IFDIR: "5",
    stat.S_IFIFO: "6",
}
_CHUNK = 1024 * 1024


class RootFolderWalk:
    """A root file system on disk, without manifest or config.

    Links are never followed, and other file systems mounted below are left out.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.place = str(folder)
        self._root = os.fspath(folder)

    def index(self, selection: Selection, limits: Limits) -> LayerIndex:
        """Walk the folder.

        Raises:
            LimitExceeded: more entries than a layer may have.
        """
        walk = _Walk(self._root, self.name, selection, limits)
        walk.folder("")
        return walk.index

    def close(self) -> None:
        """Nothing is held open."""


class _Walk:
    def __init__(self, root: str, name: str, selection: Selection, limits: Limits) -> None:
        self.index = LayerIndex()
        self._root = root
        self._name = name
        self._selection = selection
        self._limits = limits
        self._device = os.stat(root).st_dev  # noqa: PTH116 - bytes of names stay as they are
        self._first_names: dict[int, str] = {}

    def folder(self, top: str) -> None:
        """Walk a folder and all below, without recursion: trees may be deep."""
        pending = [top]
        while pending:
            path = pending.pop()
            try:
                with os.scandir(f"{self._root}/{path}") as found:
                    entries = sorted(found, key=lambda entry: entry.name)
            except OSError as error:
                self.index.refused.append((path or "/", error.strerror or "can't be read"))
                continue
            for entry in entries:
                below = f"{path}/{entry.name}" if path else entry.name
                if self._add(below, entry.stat(follow_symlinks=False)):
                    pending.append(below)

    def _add(self, path: str, status: os.stat_result) -> bool:
        """Take one entry in; tell whether it is a folder to walk."""
        index = self.index
        if len(index.paths) >= self._limits.entries:
            raise LimitExceeded(f"{self._name}: more than {self._limits.entries} entries")
        kind = _KINDS.get(stat.S_IFMT(status.st_mode))
        if kind is None:  # sockets are of a running system, not of an image
            return False
        number = len(index.paths)
        first = self._first_names.setdefault(status.st_ino, path) if status.st_nlink > 1 else path
        if kind == "0" and first != path:
            index.links[number] = first
            index.kinds.append(HARDLINK)
        else:
            index.kinds.append(ord(kind))
        index.paths.append(path)
        regular = index.kinds[number] == ord("0")
        index.sizes.append(status.st_size if regular else 0)
        index.owners += pack_owner(stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid)
        if kind == "2":
            index.links[number] = os.readlink(f"{self._root}/{path}")  # noqa: PTH115
        # every name of a hard link is read: here, unlike in a tar, each one has the bytes
        if kind == "0" and (wants := self._wants(path, status)):
            self._keep(number, path, status.st_size, wants)
        if kind == "5" and status.st_dev != self._device:
            index.refused.append((path, "another file system is mounted here"))
            return False
        return kind == "5"

    def _wants(self, path: str, status: os.stat_result) -> tuple[Want, ...]:
        selection = self._selection
        if selection.programs and status.st_mode & EXECUTABLE and self._is_elf(path):
            return selection.match_program(path)
        return selection.match(path)

    def _is_elf(self, path: str) -> bool:
        try:
            return next(self._read(path, len(ELF)), b"") == ELF
        except OSError:
            return False  # said when somebody wants the file

    def _keep(self, number: int, path: str, size: int, wants: tuple[Want, ...]) -> None:
        try:
            keep_wanted(self.index, number, size, wants, self._read(path, _CHUNK))
        except OSError as error:
            self.index.refused.append((path, error.strerror or "can't be read"))

    def _read(self, path: str, size: int) -> Iterator[bytes]:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        with os.fdopen(os.open(f"{self._root}/{path}", flags), "rb") as file:
            while chunk := file.read(size):
                yield chunk
