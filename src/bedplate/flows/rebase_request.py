"""What a user asks of a rebase."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bedplate.errors import BadInput
from bedplate.images.image_name import REGISTRY, ImageName, parse_image_name
from bedplate.images.image_targets import IMAGE_TARGETS
from bedplate.model.reference import Reference


@dataclass(frozen=True, slots=True)
class RebaseRequest:
    """Which image is put onto what, and where to.

    Args:
        image: `[scheme:]location`.
        onto: the new base.
        old_base: the base that it stands on; empty to find out.
        tag: where the result goes: a tag beside the image, or a whole name; empty for the name
            of the image itself.
        overwrite: whether a name that is there may be taken over.
        force: go on against what speaks against it.
        created: RFC 3339 time of the result; empty for that of the image.
        write: False only tells what would be.
    """

    image: str
    onto: str
    old_base: str = ""
    tag: str = ""
    overwrite: bool = False
    force: bool = False
    created: str = ""
    write: bool = True


def target_name(image: str, tag: str) -> ImageName:
    """Give the name that a result is written under.

    Args:
        image: name of the image that it is made from.
        tag: see `RebaseRequest.tag`.

    Raises:
        BadInput: nothing can be written under such a name.
    """
    name = parse_image_name(image)
    if tag and (":" in tag or "/" in tag):
        name = parse_image_name(tag)
    elif tag and name.scheme == REGISTRY:
        reference = replace(Reference.parse(name.location), tag="", digest=None)
        name = name._replace(location=str(Reference.parse(f"{reference}:{tag}")))
    elif tag:
        name = name._replace(location=f"{name.location.partition(':')[0]}:{tag}")
    elif name.scheme == REGISTRY and Reference.parse(name.location).digest:
        raise BadInput(f"{image}: a digest can't be written to", "name a tag with --tag")
    if name.scheme not in IMAGE_TARGETS:
        raise BadInput(
            f"{name}: images are written to registries and OCI layouts",
            "name one of them with --tag, as oci:FOLDER:TAG",
        )
    return name
