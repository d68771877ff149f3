"""Tekton: tasks, pipelines and their runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Mapping, Scalar
from bedplate.repofiles.yaml_images import read_documents, scalar_image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "tekton"
WANTS: tuple[str, ...] = ("**/*.yml", "**/*.yaml")
_PATHS: Paths = (
    ("**/steps/[]/image", "image"),
    ("**/sidecars/[]/image", "service"),
    ("**/stepTemplate/image", "image"),
    ("spec/image", "image"),
    ("**/taskRef/bundle", "bundle"),
    ("**/pipelineRef/bundle", "bundle"),
    ("**/taskRef/params/[]", "bundle"),
    ("**/pipelineRef/params/[]", "bundle"),
    ("**/taskRef/resource/[]", "bundle"),
    ("**/pipelineRef/resource/[]", "bundle"),
)


def recognises(text: str) -> bool:
    """Tell by the API group."""
    return "tekton.dev/" in text and ("image" in text or "bundle" in text)


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield images of steps and sidecars, and bundles of tasks, which are images too.

    Source: Tekton documentation, "Tasks" and "Bundles resolver".
    """
    roots, broken = read_documents(file)
    for label, node, _ in find_nodes(roots, _PATHS):
        value = _parameter(node) if isinstance(node, Mapping) else node
        if isinstance(value, Scalar):
            yield scalar_image(file, value, label)
    yield from broken


def _parameter(node: Mapping) -> Scalar | None:
    name = node.scalar("name")
    return node.scalar("value") if name and name.value == "bundle" else None
