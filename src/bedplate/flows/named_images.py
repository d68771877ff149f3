"""The images that files name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import BadInput
from bedplate.linting.repository_rule import PlacedUse
from bedplate.model.image_use import ImageUse
from bedplate.model.skipped import Skipped
from bedplate.repofiles import images

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class ImagePlaces(NamedTuple):
    """Places that name images; and what could not be read or resolved."""

    places: list[PlacedUse]
    skipped: list[Skipped]


def named_images(
    texts: Mapping[str, str], read: Mapping[str, Iterable[ImageUse | Skipped]] | None = None
) -> ImagePlaces:
    """Read the images of files of any kind.

    Args:
        texts: the files by path.
        read: what files name that were read before.
    """
    found = ImagePlaces([], [])
    for path, text in texts.items():
        try:
            uses = read[path] if read and path in read else images(path, text)
        except BadInput as error:
            found.skipped.append(Skipped(path, error.message))
            continue
        for use in uses:
            if isinstance(use, ImageUse):
                found.places.append(PlacedUse(path, use))
            else:
                found.skipped.append(Skipped(f"{path}: {use.what}", use.reason))
    return found
