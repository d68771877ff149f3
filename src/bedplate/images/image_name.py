"""How an image is named on the command line: `[scheme:]location`, as skopeo writes it."""

from __future__ import annotations

from typing import NamedTuple

from bedplate.errors import InvalidReference

SCHEMES = ("docker", "oci", "oci-archive", "docker-archive", "docker-daemon", "dir", "sbom")
REGISTRY = "docker"
SBOM = "sbom"  # a list of what is in an image, in place of the image


class ImageName(NamedTuple):
    """A scheme of `SCHEMES`, and where the image is."""

    scheme: str
    location: str

    def __str__(self) -> str:
        return self.location if self.scheme == REGISTRY else f"{self.scheme}:{self.location}"


def parse_image_name(text: str) -> ImageName:
    """Read an image name: `oci:DIR[:tag]`, `dir:ROOTFS`, `docker://REF`, a plain reference, ...

    Raises:
        InvalidReference: empty, or a scheme without a location.
    """
    scheme, colon, location = text.partition(":")
    if not colon or scheme not in SCHEMES:
        if not text.strip():
            raise InvalidReference("an empty image name", "name an image, as in node:20")
        return ImageName(REGISTRY, text)
    if scheme == REGISTRY:
        if not location.startswith("//"):
            # `docker:24-dind` is an image of that name
            return ImageName(REGISTRY, text)
        location = location[2:]
    if not location:
        raise InvalidReference(f"{text!r} names no image", f"write {scheme}:LOCATION")
    return ImageName(scheme, location)
