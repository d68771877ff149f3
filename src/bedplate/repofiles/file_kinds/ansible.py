"""Ansible: tasks of the Docker and Podman collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_images import yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "ansible"
WANTS: tuple[str, ...] = (
    "**/tasks/**/*.yml",
    "**/tasks/**/*.yaml",
    "**/handlers/*.yml",
    "**/handlers/*.yaml",
    "**/playbook*.yml",
    "**/playbook*.yaml",
)
_PATHS: Paths = (("**/image", "image"),)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text and ("docker" in text or "podman" in text)


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of containers and services that tasks start.

    Source: Ansible documentation, collections community.docker and containers.podman.
    """
    return yaml_images(file, _PATHS)
