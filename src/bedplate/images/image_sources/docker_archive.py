"""`docker-archive:FILE[:NAME:TAG]`: what `docker save` and skopeo write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.images.archive import open_docker_archive

if TYPE_CHECKING:
    from bedplate.images.image_source import Access, Content

SCHEME = "docker-archive"


def open(location: str, access: Access) -> Content:  # noqa: A001 - the contract's name
    """Open the image of an archive."""
    path, _, wanted = location.partition(":")
    return open_docker_archive(Path(path), f"{SCHEME}:{location}", access.scratch, wanted)
