"""Archives of images, whichever of the two formats they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.images.archive_files import ArchiveFiles
from bedplate.images.docker_archive_content import DockerArchiveContent
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.oci_store import OciStore, looks_like_layout

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.images.image_source import Content


def open_docker_archive(path: Path, name: str, scratch: Path, wanted: str = "") -> Content:
    """Open a `docker save` archive; one that is an OCI layout too is read as that.

    Args:
        path: the archive.
        name: how the user named it.
        scratch: folder for temporary files.
        wanted: `name:tag` where it holds several images.

    Raises:
        ImageNotFound: no such file or image.
        CorruptImage: not an image archive.
    """
    files = ArchiveFiles(path, scratch, name, DEFAULT_LIMITS)
    try:
        if looks_like_layout(files):
            # docker >= 25 writes both: the layout has the true digests
            return OciStore(files, name, str(path), wanted)
        return DockerArchiveContent(files, name, str(path), wanted)
    except BaseException:
        files.close()
        raise
