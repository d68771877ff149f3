"""`oci:FOLDER[:TAG]`: an OCI image layout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import ImageNotFound
from bedplate.images.folder_files import FolderFiles
from bedplate.images.oci_store import OciStore

if TYPE_CHECKING:
    from bedplate.images.image_source import Access, Content

SCHEME = "oci"


def open(location: str, access: Access) -> Content:  # noqa: A001, ARG001 - the contract's
    """Open an image of a layout."""
    path, _, tag = location.partition(":")
    folder = Path(path)
    name = f"{SCHEME}:{location}"
    if not (folder / "oci-layout").is_file():
        raise ImageNotFound(
            f"{name}: no OCI layout in {path}", "a layout has a file named oci-layout"
        )
    return OciStore(FolderFiles(folder), name, path, tag)
