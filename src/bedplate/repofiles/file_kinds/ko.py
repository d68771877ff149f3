"""ko: `.ko.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "ko"
WANTS: tuple[str, ...] = ("**/.ko.yml", "**/.ko.yaml")
_PATHS: Paths = (
    ("defaultBaseImage", "from"),
    ("baseImageOverrides/*", "from"),
)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "ase" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of bases of Go programs.

    Source: ko documentation, "Configuration".
    """
    return yaml_images(file, _PATHS)
