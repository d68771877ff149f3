"""Buildx Bake: `docker-bake.hcl` and `docker-bake.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.repofiles.build_argument import names_image
from bedplate.repofiles.embedded_dockerfile import embedded_images
from bedplate.repofiles.hcl import HclString, hcl_strings
from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Scalar
from bedplate.repofiles.reference_text import read_reference
from bedplate.repofiles.relaxed_json import relaxed_json_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "bake"
WANTS: tuple[str, ...] = (
    "**/docker-bake*.hcl",
    "**/docker-bake*.json",
    "**/*.docker-bake.hcl",
    "**/bake.hcl",
)
_PATHS: Paths = (
    ("target/*/contexts/*", "target\ncontexts"),
    ("target/*/args/*", "target\nargs"),
    ("target/*/dockerfile-inline", "target"),
)
_CONTEXT = "docker-image://"


def recognises(text: str) -> bool:
    """Tell by the block."""
    return "target" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield contexts that are images, arguments that look like one, and inline Dockerfiles.

    Source: Docker documentation, "Bake file reference".
    """
    try:
        strings = _of_json(file) if file.path.endswith(".json") else hcl_strings(file.text)
        for string in strings:
            yield from _images(file, string)
    except InvalidDocument as error:
        yield file.skipped(error.message.replace("YAML", "JSON"))


def _images(file: Repofile, string: HclString) -> Iterator[ImageUse | Skipped | None]:
    value = string.value
    if value.text.startswith(_CONTEXT):
        yield read_reference(file, value[len(_CONTEXT) :], "context")
    elif string.key == "dockerfile-inline":
        yield from embedded_images(file, value)
    elif string.blocks[-1:] == ("args",) and names_image(string.key, value.text):
        yield read_reference(file, value, "build-arg")


def _of_json(file: Repofile) -> Iterator[HclString]:
    for label, node, key in find_nodes(relaxed_json_nodes(file.path, file.text), _PATHS):
        located = node.located() if isinstance(node, Scalar) else None
        if located is not None:
            yield HclString(tuple(label.split("\n")), key.value if key else "", located)
