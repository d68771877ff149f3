"""The bytes of a folder's files, mapped when they are asked for."""

from __future__ import annotations

import mmap
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 4 * 1024**3


class MappedFolder:
    """Reads files below a folder.

    Args:
        folder: on this machine; or a file, which stands at the prefix itself.
        prefix: where it stands in the image: what paths begin with; empty for the root.
    """

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self._root = os.fspath(folder)
        self._top = prefix
        self._prefix = f"{prefix}/" if prefix else ""

    def read(self, path: str) -> memoryview | None:
        """Give the bytes of a file; None when it can't be read.

        Args:
            path: from the root of the image, no link in it.
        """
        if path != self._top and not path.startswith(self._prefix):
            return None
        below = path[len(self._prefix) :]
        place = f"{self._root}/{below}" if below else self._root
        try:
            handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or not 0 < status.st_size <= _LARGEST:
                return None
            return memoryview(mmap.mmap(handle, 0, access=mmap.ACCESS_READ))
        except OSError:
            return None
        finally:
            os.close(handle)
