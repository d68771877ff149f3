"""The places that images are read from, by scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.images.image_sources import (
    directory,
    docker_archive,
    docker_daemon,
    oci_archive,
    oci_layout,
    remote,
)

if TYPE_CHECKING:
    from bedplate.images.image_source import ImageSource

_ALL: tuple[ImageSource, ...] = (
    remote,
    oci_layout,
    oci_archive,
    docker_archive,
    docker_daemon,
    directory,
)
IMAGE_SOURCES: dict[str, ImageSource] = {source.SCHEME: source for source in _ALL}
