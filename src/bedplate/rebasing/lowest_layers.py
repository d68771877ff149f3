"""Tells whether the lowest layers of an image are those of a base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import NotRebasable, UnsupportedMediaType
from bedplate.model.media_types import FOREIGN_LAYERS

if TYPE_CHECKING:
    from bedplate.images.image import Image
    from bedplate.model.image_config import ImageConfig
    from bedplate.model.manifest import Manifest

_HINT = "name the base that it was built on with --from"


def documents_of(image: Image) -> tuple[Manifest, ImageConfig]:
    """Give manifest and configuration of an image whose layers can be moved.

    Raises:
        NotRebasable: a root file system, or documents that contradict each other.
        UnsupportedMediaType: encrypted layers, or layers that the registry does not hold.
    """
    manifest, config = image.manifest, image.config
    if manifest is None or config is None or image.content is None or image.content.synthetic:
        raise NotRebasable(
            f"{image.name}: only images in registries and OCI layouts have layers to move",
            "copy it into one of them first",
        )
    if len(manifest.layers) != len(config.diff_ids):
        raise NotRebasable(
            f"{image.name}: its manifest lists {len(manifest.layers)} layers, its configuration "
            f"{len(config.diff_ids)}",
            "such an image can't be taken apart: build it again",
        )
    for layer in manifest.layers:
        if layer.media_type.endswith("+encrypted"):
            raise UnsupportedMediaType(
                f"{image.name}: its layers are encrypted", "decrypt it first"
            )
        if layer.media_type in FOREIGN_LAYERS or layer.urls:
            raise UnsupportedMediaType(
                f"{image.name}: has foreign layers, whose bytes no registry holds",
                "rebuild such an image",
            )
    return manifest, config


def check_lowest_layers(image: Image, base: Image) -> int:
    """Check that an image begins with all layers of a base; gives their number.

    Layers are compared unpacked, by diff id, since a registry or a builder may have packed
    the same layer in another way.

    Raises:
        NotRebasable: it does not, and where the two part.
    """
    _, config = documents_of(image)
    _, below = documents_of(base)
    count = len(below.diff_ids)
    if not count:
        raise NotRebasable(f"{base.name}: the base has no layers", _HINT)
    if count > len(config.diff_ids):
        raise NotRebasable(
            f"{image.name} does not stand on {base.name}: it has {len(config.diff_ids)} layers, "
            f"the base {count}",
            _HINT,
        )
    pairs = zip(config.diff_ids, below.diff_ids, strict=False)
    for number, (own, theirs) in enumerate(pairs, 1):
        if own != theirs:
            raise NotRebasable(
                f"{image.name} does not stand on {base.name}: layer {number} of {count} is "
                f"{own.hex[:12]}, that of the base {theirs.hex[:12]}",
                _HINT,
            )
    return count
