"""Terraform and OpenTofu: strings of attributes that name an image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.repofiles.hcl import hcl_strings
from bedplate.repofiles.reference_text import read_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.hcl import HclString
    from bedplate.repofiles.repofile import Repofile

NAME = "terraform"
WANTS: tuple[str, ...] = ("**/*.tf", "**/*.tofu")
_IMAGE_KEYS = frozenset(("image", "image_uri", "docker_image", "container_image"))
_BY_NAME = ('resource "docker_image"', 'data "docker_registry_image"')
# Providers whose `image` is always one of a container; that of a virtual machine is a word.
_CONTAINERS = ('"docker_', '"kubernetes_', '"nomad_')
_EXPLICIT = re.compile(r"[^\s/:]+[.:][^\s/]*/\S+|[^\s:]+:\w[\w.-]*|\S+@sha256:\w+")
_IN_JSON = re.compile(r'"image"\s*:\s*"([^"\\\n]*)"')


def recognises(text: str) -> bool:
    """Tell by the word without which there is no image."""
    return "image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield `image = "..."`, names of `docker_image`, and images in JSON of task definitions.

    The image of a virtual machine stands under the same key; outside of the container
    providers a value counts when it has a registry, a tag or a digest.

    Source: providers docker, kubernetes and aws (`aws_ecs_task_definition`).
    """
    for string in hcl_strings(file.text):
        if "\n" in string.value.text:
            for match in _IN_JSON.finditer(string.value.text):
                yield read_reference(file, string.value[match.start(1) : match.end(1)])
        elif _names_image(string):
            yield read_reference(file, string.value)


def _names_image(string: HclString) -> bool:
    around = string.blocks[0] if string.blocks else ""
    if string.key == "name":
        return around.startswith(_BY_NAME)
    if string.key not in _IMAGE_KEYS or "://" in string.value.text:
        return False
    is_container = any(provider in around for provider in _CONTAINERS)
    return is_container or _EXPLICIT.fullmatch(string.value.text) is not None
