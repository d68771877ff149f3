"""CircleCI: `.circleci/config.yml`, orbs too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "circleci"
WANTS: tuple[str, ...] = ("**/.circleci/*.yml", "**/.circleci/*.yaml")
_PATHS: Paths = (("**/docker/[]/image", "image"),)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of Docker executors; machine images are virtual machines.

    Source: CircleCI documentation, "Configuration reference", docker.
    """
    return yaml_images(file, _PATHS)
