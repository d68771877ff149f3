"""`oci-archive:FILE[:TAG]`: a tar of an OCI image layout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.images.archive_files import ArchiveFiles
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.oci_store import OciStore

if TYPE_CHECKING:
    from bedplate.images.image_source import Access, Content

SCHEME = "oci-archive"


def open(location: str, access: Access) -> Content:  # noqa: A001 - the contract's name
    """Open the image of an archive."""
    path, _, tag = location.partition(":")
    name = f"{SCHEME}:{location}"
    return OciStore(ArchiveFiles(Path(path), access.scratch, name, DEFAULT_LIMITS), name, path, tag)
