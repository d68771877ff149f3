"""Vela: `.vela.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "vela"
WANTS: tuple[str, ...] = ("**/.vela.yml", "**/.vela.yaml")
_PATHS: Paths = (
    ("services/[]/image", "service"),
    ("steps/[]/image", "image"),
    ("stages/*/steps/[]/image", "image"),
    ("secrets/[]/origin/image", "image"),
)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of steps, services and secret origins.

    Source: Vela documentation, "YAML reference".
    """
    return yaml_images(file, _PATHS)
