"""`dir:FOLDER`: a root file system that lies unpacked on this machine."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import ImageNotFound
from bedplate.images.root_folder import RootFolderWalk

if TYPE_CHECKING:
    from bedplate.images.image_source import Access

SCHEME = "dir"


def open(location: str, access: Access) -> RootFolderWalk:  # noqa: A001, ARG001 - the contract's
    """Open a folder."""
    name = f"{SCHEME}:{location}"
    try:
        mode = os.stat(location).st_mode  # noqa: PTH116 - Path would tidy up the name
    except OSError as error:
        raise ImageNotFound(f"{name}: {error.strerror}") from error
    if not stat.S_ISDIR(mode):
        raise ImageNotFound(f"{name}: not a folder", "give the root of a file system")
    return RootFolderWalk(Path(location), name)
