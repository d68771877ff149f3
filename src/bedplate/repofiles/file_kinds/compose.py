"""Compose: `compose.yml`, `docker-compose.yml` and their overrides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.image_use import ImageUse
from bedplate.repofiles.build import Build
from bedplate.repofiles.build_argument import names_image
from bedplate.repofiles.embedded_dockerfile import embedded_images
from bedplate.repofiles.located import Located
from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Mapping, Node, Scalar
from bedplate.repofiles.reference_text import read_reference
from bedplate.repofiles.yaml_images import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "compose"
WANTS: tuple[str, ...] = (
    "**/compose.yml",
    "**/compose.yaml",
    "**/compose.*.yml",
    "**/compose.*.yaml",
    "**/compose-*.yml",
    "**/compose-*.yaml",
    "**/*docker-compose*.yml",
    "**/*docker-compose*.yaml",
)
# The form without `services` is the first one, of 2014.
_SERVICES: Paths = (("services/*", ""), ("*", "top"))
_NOT_SERVICES = frozenset(("services", "volumes", "networks", "secrets", "configs", "include"))
_IN_SERVICE: Paths = (
    ("image", "image"),
    ("build/dockerfile_inline", "inline"),
    ("build/args/*", "build-arg"),
    ("build/args/[]", "build-arg list"),
    ("build/additional_contexts/*", "context"),
    ("build/additional_contexts/[]", "context list"),
)
_OF_BUILD: Paths = (
    ("build", "short"),
    ("build/context", "context"),
    ("build/dockerfile", "dockerfile"),
    ("build/dockerfile_inline", "inline"),
)
_NULL = ("", "~", "null")
_FOLDED = "spans several lines"
_CONTEXT = "docker-image://"


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text or "build" in text or "docker-image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield images of services; what a service builds itself is not one.

    Arguments of a build count when name and value look like an image.

    Source: Compose specification, "services" and "build".
    """
    roots, broken = read_documents(file)
    for service in _services(roots):
        yield from _service(file, service)
    yield from broken


def builds(file: Repofile) -> Iterator[Build]:
    """Yield what services are built from."""
    roots, _ = read_documents(file)
    for service in _services(roots):
        values: dict[str, Scalar] = {}
        for label, node, _ in find_nodes([service], _OF_BUILD):
            if isinstance(node, Scalar) and node.value not in _NULL:
                values.setdefault(label, node)
        if not values and not isinstance(service.get("build"), Mapping):
            continue
        context = values.get("context") or values.get("short")
        dockerfile, inline = values.get("dockerfile"), values.get("inline")
        yield Build(
            context.value if context else "",
            dockerfile.value if dockerfile else "",
            _inline(file, inline) if inline else None,
        )


def _inline(file: Repofile, node: Scalar) -> Located | Skipped:
    located = node.located()
    if located is None:
        return file.skipped(f"inline Dockerfile at line {file.line(node.start)}: {_FOLDED}")
    return _uninterpolated(located)


def _services(roots: list[Node]) -> Iterator[Mapping]:
    for label, node, key in find_nodes(roots, _SERVICES):
        name = key.value if key else ""
        if isinstance(node, Mapping) and not (label == "top" and name in _NOT_SERVICES):
            yield node


def _uninterpolated(value: Located) -> Located:
    """Undo `$$`, by which a `$` is written where Compose puts values in."""
    if "$$" not in value.text:
        return value
    kept: list[int] = []
    ends = list(value.ends)
    position = 0
    while position < len(value.text):
        kept.append(position)
        if value.text.startswith("$$", position):
            ends[position] = ends[position + 1]
            position += 1
        position += 1
    return Located(
        "".join([value.text[one] for one in kept]),
        [value.starts[one] for one in kept],
        [ends[one] for one in kept],
    )


def _service(file: Repofile, service: Mapping) -> Iterator[ImageUse | Skipped | None]:
    platform = service.scalar("platform")
    build = service.get("build")
    is_built = build is not None and not (isinstance(build, Scalar) and build.value in _NULL)
    for label, node, key in find_nodes([service], _IN_SERVICE):
        located = node.located() if isinstance(node, Scalar) and node.value.strip() else None
        if located is None:
            yield _unlocated(file, node)
        elif label == "inline":
            yield from embedded_images(file, _uninterpolated(located))
        elif label == "image" and not is_built:
            use = read_reference(file, located, "image", defaults=True)
            if isinstance(use, ImageUse) and platform and "$" not in platform.value:
                use = replace(use, platform=platform.value)
            yield use
        elif label.startswith(("build-arg", "context")):
            yield _of_build(file, label, key.value if key else "", located)


def _unlocated(file: Repofile, node: Node) -> Skipped | None:
    if not isinstance(node, Scalar) or not node.value.strip():
        return None
    return file.skipped_use(node.value, node.span, _FOLDED)


def _of_build(file: Repofile, label: str, name: str, value: Located) -> ImageUse | Skipped | None:
    """Read an argument or a context, also when it is an item `name=value`."""
    role, _, is_list = label.partition(" ")
    if is_list:
        name, _, _ = value.text.partition("=")
        value = value[len(name) + 1 :]
    if role == "context":
        if not value.text.startswith(_CONTEXT):
            return None
        return read_reference(file, value[len(_CONTEXT) :], "context", defaults=True)
    if names_image(name, value.text):
        return read_reference(file, value, role)
    return None
