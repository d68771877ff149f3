"""One entry of a file tree."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class FileKind(StrEnum):
    """The kinds of entry that a layer holds."""

    FILE = "file"
    DIRECTORY = "directory"
    SYMLINK = "symlink"
    HARDLINK = "hardlink"
    CHARACTER_DEVICE = "character device"
    BLOCK_DEVICE = "block device"
    FIFO = "fifo"


class FileEntry(NamedTuple):
    """A file, folder, link or device as a layer describes it.

    Args:
        path: from the root, without leading or trailing slash, no `.` or `..`; bytes that
            are not UTF-8 are kept as surrogates (PEP 383).
        kind: what it is.
        size: content length in bytes (0 for all but regular files).
        mode: permission bits with setuid, setgid and sticky.
        uid: numeric owner.
        gid: numeric group.
        link: target as written (symlink), or path of the first name (hard link).
        layer: index of the layer that the entry comes from, 0 = the lowest.
    """

    path: str
    kind: FileKind
    size: int = 0
    mode: int = 0o644
    uid: int = 0
    gid: int = 0
    link: str = ""
    layer: int = 0
