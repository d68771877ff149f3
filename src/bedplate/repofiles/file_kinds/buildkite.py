"""Buildkite: `.buildkite/pipeline.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "buildkite"
WANTS: tuple[str, ...] = (
    "**/.buildkite/**/*.yml",
    "**/.buildkite/**/*.yaml",
    "**/buildkite*.yml",
    "**/buildkite*.yaml",
)
_PATHS: Paths = (
    ("**/plugins/[]/*/image", "image"),
    ("**/plugins/*/image", "image"),
    ("image", "image"),
    ("steps/[]/image", "image"),
    ("steps/[]/steps/[]/image", "image"),
)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of Docker plugins and hosted agents.

    Source: Buildkite documentation, "Defining steps" and its Docker plugin.
    """
    return yaml_images(file, _PATHS)
