"""Google Cloud Build: `cloudbuild.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "cloud-build"
WANTS: tuple[str, ...] = ("**/cloudbuild*.yml", "**/cloudbuild*.yaml")
_PATHS: Paths = (("steps/[]/name", "step"),)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "steps" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of build steps; `images` are what the build makes.

    Source: Cloud Build documentation, "Build configuration file schema".
    """
    return yaml_images(file, _PATHS)
