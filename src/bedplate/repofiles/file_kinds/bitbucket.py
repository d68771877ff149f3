"""Bitbucket Pipelines: `bitbucket-pipelines.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "bitbucket"
WANTS: tuple[str, ...] = ("**/*bitbucket-pipelines.yml", "**/*bitbucket-pipelines.yaml")
_PATHS: Paths = (
    ("image", "image"),
    ("image/name", "image"),
    ("**/step/image", "image"),
    ("**/step/image/name", "image"),
    ("definitions/services/*/image", "service"),
    ("definitions/services/*/image/name", "service"),
    ("**/script/[]/pipe", "docker://step"),
    ("**/after-script/[]/pipe", "docker://step"),
)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text or "docker://" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of the whole pipeline, steps, services and Docker pipes.

    Source: Bitbucket documentation, "Configuration reference".
    """
    return yaml_images(file, _PATHS)
