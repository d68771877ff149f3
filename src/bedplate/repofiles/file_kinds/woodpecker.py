"""Woodpecker: `.woodpecker.yml` and the folder `.woodpecker/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "woodpecker"
WANTS: tuple[str, ...] = (
    "**/.woodpecker.yml",
    "**/.woodpecker.yaml",
    "**/.woodpecker/**/*.yml",
    "**/.woodpecker/**/*.yaml",
)
_PATHS: Paths = (
    ("clone/*/image", "image"),
    ("clone/[]/image", "image"),
    ("pipeline/*/image", "image"),
    ("pipeline/[]/image", "image"),
    ("services/*/image", "service"),
    ("services/[]/image", "service"),
    ("steps/*/image", "image"),
    ("steps/[]/image", "image"),
)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of steps, services and the clone step, as lists or by name.

    Source: Woodpecker documentation, "Workflow syntax".
    """
    return yaml_images(file, _PATHS)
