"""GitHub Actions: workflows and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "github-workflow"
WANTS: tuple[str, ...] = (
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    "**/action.yml",
    "**/action.yaml",
)
_PATHS: Paths = (
    ("jobs/*/container", "image"),
    ("jobs/*/container/image", "image"),
    ("jobs/*/services/*", "service"),
    ("jobs/*/services/*/image", "service"),
    ("jobs/*/steps/[]/uses", "docker://step"),
    ("runs/steps/[]/uses", "docker://step"),
    ("runs/image", "docker://step"),
)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text or "container" in text or "docker://" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of jobs, their services, and steps that run a `docker://` image.

    Source: GitHub documentation, "Workflow syntax" and "Metadata syntax".
    """
    return yaml_images(file, _PATHS)
