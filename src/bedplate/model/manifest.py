"""Manifests and indexes, OCI 1.1 and Docker schema 2, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.errors import PlatformNotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.descriptor import Descriptor
    from bedplate.model.platform import Platform

_UNKNOWN = "unknown"
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Manifest:
    """One image (or artifact) for one platform.

    Source: OCI image-spec, manifest.md; Docker Image Manifest V2, Schema 2.
    """

    media_type: str
    config: Descriptor
    layers: tuple[Descriptor, ...]
    annotations: Mapping[str, str] = field(default_factory=dict)
    artifact_type: str = ""
    subject: Descriptor | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """A list of manifests, usually one per platform.

    Source: OCI image-spec, image-index.md; Docker manifest list.
    """

    media_type: str
    manifests: tuple[Descriptor, ...]
    annotations: Mapping[str, str] = field(default_factory=dict)
    artifact_type: str = ""
    subject: Descriptor | None = None


def platforms_of(index: Index) -> tuple[Platform, ...]:
    """List the platforms that an index offers images for, each once, in its order.

    Attestations, which BuildKit lists under the platform `unknown/unknown`, are left out.
    """
    return tuple(
        dict.fromkeys(
            entry.platform for entry in index.manifests if entry.platform and is_image(entry)
        )
    )


def pick_platform(index: Index, platform: Platform, name: str) -> Descriptor:
    """Pick the entry whose image fits a platform best.

    Entries for the platform itself come first, then those that it can run too (`arm/v6` on
    `arm/v7`); of equals the first. An only entry that names no platform is taken as it is.

    Args:
        index: to pick from.
        platform: wanted.
        name: of the image, for the error.

    Raises:
        PlatformNotFound: no entry fits; names the platforms that there are.

    Source: containerd's platforms package, `Only`.
    """
    images = [entry for entry in index.manifests if is_image(entry)]
    offers = [(entry, entry.platform.normalized()) for entry in images if entry.platform]
    for candidate in platform.compatible():
        for entry, offered in offers:
            if candidate.covers(offered):
                return entry
    if len(images) == 1 and images[0].platform is None:
        return images[0]
    raise PlatformNotFound(f"{name}: no image for {platform}", _offer(platforms_of(index)))


def is_image(entry: Descriptor) -> bool:
    """Tell whether an entry of an index is an image, and no attestation of BuildKit."""
    if "vnd.docker.reference.type" in entry.annotations:
        return False
    return entry.platform is None or _UNKNOWN not in (
        entry.platform.os,
        entry.platform.architecture,
    )


def _offer(platforms: tuple[Platform, ...]) -> str:
    if not platforms:
        return "the index names no platform"
    more = f" and {len(platforms) - _SHOWN} more" if len(platforms) > _SHOWN else ""
    return "there are: " + ", ".join(str(one) for one in platforms[:_SHOWN]) + more
