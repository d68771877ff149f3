"""Dockerfiles and Containerfiles, by all their usual names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.dockerfile import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "dockerfile"
WANTS: tuple[str, ...] = tuple(
    f"**/{pattern}"
    for name in ("Dockerfile", "dockerfile", "Containerfile", "containerfile")
    for pattern in (name, f"{name}.*", f"{name}-*", f"{name}_*", f"*.{name}", f"*-{name}")
)


def recognises(text: str) -> bool:
    """Take any text: fragments without FROM are Dockerfiles too."""
    return bool(text)


def images(file: Repofile) -> Iterator[ImageUse | Skipped]:
    """Yield every external image; stages, `scratch` and build contexts are not images.

    Raises:
        InvalidDockerfile: BuildKit refuses it.

    Source: BuildKit, "Dockerfile reference".
    """
    yield from parse(file.text).images()
