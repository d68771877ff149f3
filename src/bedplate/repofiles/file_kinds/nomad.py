"""Nomad jobs: `*.nomad` and `*.nomad.hcl`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.hcl import hcl_strings
from bedplate.repofiles.reference_text import read_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "nomad"
WANTS: tuple[str, ...] = ("**/*.nomad", "**/*.nomad.hcl")


def recognises(text: str) -> bool:
    """Tell by the word without which there is no image."""
    return "image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of tasks that run in Docker or Podman.

    Source: Nomad documentation, task drivers "docker" and "podman".
    """
    for string in hcl_strings(file.text):
        if string.key == "image" and string.blocks[-1:] == ("config",):
            yield read_reference(file, string.value)
