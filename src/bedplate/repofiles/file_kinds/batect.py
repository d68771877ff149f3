"""Batect: `batect.yml` and bundles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "batect"
WANTS: tuple[str, ...] = ("**/batect.yml", "**/batect-bundle.yml", "**/batect.yaml")
_PATHS: Paths = (("containers/*/image", "image"),)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of containers that are not built.

    Source: Batect documentation, "Configuration".
    """
    return yaml_images(file, _PATHS)
