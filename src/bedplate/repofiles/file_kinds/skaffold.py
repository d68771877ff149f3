"""Skaffold: `skaffold.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "skaffold"
WANTS: tuple[str, ...] = ("**/skaffold*.yml", "**/skaffold*.yaml")
_PATHS: Paths = (
    ("build/artifacts/[]/jib/fromImage", "from"),
    ("build/artifacts/[]/ko/fromImage", "from"),
    ("build/artifacts/[]/buildpacks/builder", "builder"),
    ("build/artifacts/[]/buildpacks/runImage", "from"),
    ("build/artifacts/[]/kaniko/image", "builder"),
    ("build/cluster/kaniko/image", "builder"),
    ("profiles/[]/build/artifacts/[]/jib/fromImage", "from"),
    ("profiles/[]/build/artifacts/[]/ko/fromImage", "from"),
    ("profiles/[]/build/artifacts/[]/buildpacks/builder", "builder"),
    ("profiles/[]/build/artifacts/[]/buildpacks/runImage", "from"),
    ("profiles/[]/build/artifacts/[]/kaniko/image", "builder"),
    ("test/[]/custom/[]/container/image", "image"),
    ("verify/[]/container/image", "image"),
    ("customActions/[]/containers/[]/image", "image"),
)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "skaffold/" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of builders, bases, tests and actions.

    The image of an artifact is what Skaffold makes.

    Source: Skaffold documentation, "skaffold.yaml".
    """
    return yaml_images(file, _PATHS)
