"""Buildx Bake: `docker-bake.hcl` and `docker-bake.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.repofiles.build import Build
from bedplate.repofiles.build_argument import names_image
from bedplate.repofiles.embedded_dockerfile import embedded_images
from bedplate.repofiles.hcl import HclString, hcl_strings, unescaped
from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Mapping, Scalar
from bedplate.repofiles.reference_text import read_reference
from bedplate.repofiles.relaxed_json import relaxed_json_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.located import Located
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
_TARGETS: Paths = (("target/*", ""),)
_OF_BUILD = ("context", "dockerfile", "dockerfile-inline")
_CONTEXT = "docker-image://"


def recognises(text: str) -> bool:
    """Tell by the block."""
    return "target" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield contexts that are images, arguments that look like one, and inline Dockerfiles.

    Source: Docker documentation, "Bake file reference".
    """
    try:
        for string in _strings(file):
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


def builds(file: Repofile) -> Iterator[Build]:
    """Yield what targets are built from; what they inherit from others is not looked up."""
    try:
        targets = _targets(file)
    except InvalidDocument:  # told by `images`
        return
    for target in targets:
        context, dockerfile = target.get("context"), target.get("dockerfile")
        yield Build(
            context.text if context else "",
            dockerfile.text if dockerfile else "",
            target.get("dockerfile-inline"),
        )


def _targets(file: Repofile) -> list[dict[str, Located]]:
    """Give the strings of every target that says what it is built from, by key."""
    if not file.path.endswith(".json"):
        targets: dict[tuple[str, ...], dict[str, Located]] = {}
        for string in _strings(file):
            if string.key in _OF_BUILD and string.blocks[-1:] and _is_target(string.blocks[-1]):
                targets.setdefault(string.blocks, {})[string.key] = string.value
        return list(targets.values())
    found = []
    for _, node, _ in find_nodes(relaxed_json_nodes(file.path, file.text), _TARGETS):
        scalars = ((key, node.scalar(key)) for key in _OF_BUILD if isinstance(node, Mapping))
        located = ((key, scalar.located()) for key, scalar in scalars if scalar)
        if values := {key: value for key, value in located if value is not None}:
            found.append(values)
    return found


def _is_target(header: str) -> bool:
    return header.split(maxsplit=1)[0] == "target"


def _strings(file: Repofile) -> Iterator[HclString]:
    if not file.path.endswith(".json"):
        for string in hcl_strings(file.text):
            is_inline = string.key == "dockerfile-inline"
            yield string._replace(value=unescaped(string.value, file.text)) if is_inline else string
        return
    for label, node, key in find_nodes(relaxed_json_nodes(file.path, file.text), _PATHS):
        located = node.located() if isinstance(node, Scalar) else None
        if located is not None:
            yield HclString(tuple(label.split("\n")), key.value if key else "", located)
