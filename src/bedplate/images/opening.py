"""Open an image by the name that a user gave."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from bedplate.errors import ImageNotFound
from bedplate.images.image import Image, OpenedImage
from bedplate.images.image_name import SBOM, ImageName, parse_image_name
from bedplate.images.image_sources import IMAGE_SOURCES
from bedplate.images.root_folder import RootFolderWalk
from bedplate.model.documents import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.image_source import Access, Content
    from bedplate.model.platform import Platform


@contextlib.contextmanager
def open_image(name: str | ImageName, access: Access) -> Iterator[OpenedImage | Image]:
    """Open the place that a name leads to, and close it afterwards.

    Args:
        name: `[scheme:]location`.
        access: what sources may use.

    Yields:
        An `OpenedImage` to choose a platform of; a root file system is an `Image` at once.

    Raises:
        BedplateError: there is no such image, or it can't be had.
    """
    parsed = parse_image_name(name) if isinstance(name, str) else name
    if parsed.scheme == SBOM:
        raise ImageNotFound(f"{parsed}: an SBOM lists what is in an image, and has no layers")
    opened = IMAGE_SOURCES[parsed.scheme].open(parsed.location, access)
    try:
        yield _identify(opened)
    finally:
        opened.close()


def _identify(opened: Content | RootFolderWalk) -> OpenedImage | Image:
    if isinstance(opened, RootFolderWalk):
        return Image(opened.name, opened.place, folder=opened)
    root = opened.root()
    return OpenedImage(opened, root, parse_document(root.content, root.media_type))


def select_platforms(
    opened: OpenedImage | Image, platform: Platform, *, everything: bool
) -> tuple[Image, ...]:
    """Give the image for one platform, or for each.

    Raises:
        PlatformNotFound: the image has no such platform.
    """
    if isinstance(opened, Image):
        return (opened,)
    if everything and (platforms := opened.platforms()):
        return tuple(opened.select(each) for each in platforms)
    return (opened.select(platform),)
