"""The files of a folder, opened by name; symlinks do not lead out of it."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class FolderFiles:
    """A folder; implements `oci_store.Files`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, path: str) -> IO[bytes]:
        """Open a file below the folder."""
        root = os.path.realpath(self._folder)
        real = os.path.realpath(os.path.join(root, path))  # noqa: PTH118 - realpath of both
        if os.path.commonpath((root, real)) != root:
            raise FileNotFoundError(2, "it leads out of the folder", path)
        return open(real, "rb", buffering=0)  # noqa: PTH123 - the caller closes it

    def close(self) -> None:
        """Nothing is held open."""
