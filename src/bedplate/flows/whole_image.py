"""The images of an index that are changed together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import NotRebasable
from bedplate.model.manifest import Index, is_image

if TYPE_CHECKING:
    from bedplate.flows.session import Session
    from bedplate.images.image import Image, OpenedImage


def images_to_change(opened: OpenedImage, session: Session) -> tuple[Image, ...]:
    """Give the image of every platform, or of the one that the user asked for.

    Raises:
        NotRebasable: an index whose images can't be told apart by their platforms.
        PlatformNotFound: it has no such platform.
    """
    if not isinstance(opened.document, Index) or session.platform_asked:
        return (opened.select(session.platform),)
    entries = [entry for entry in opened.document.manifests if is_image(entry)]
    found = [opened.select(entry.platform or session.platform) for entry in entries]
    if not found or [one.manifest_digest for one in found] != [one.digest for one in entries]:
        raise NotRebasable(
            f"{opened.content.name}: its images can't be told apart by their platforms",
            "name one of them by its digest",
        )
    return tuple(found)
