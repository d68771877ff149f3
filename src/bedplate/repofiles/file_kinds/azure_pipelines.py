"""Azure Pipelines: `azure-pipelines.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Scalar
from bedplate.repofiles.yaml_images import read_documents, scalar_image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "azure-pipelines"
WANTS: tuple[str, ...] = (
    "**/azure-pipelines*.yml",
    "**/azure-pipelines*.yaml",
    "**/*azure-pipelines.yml",
    "**/*azure-pipelines.yaml",
    "**/.azuredevops/**/*.yml",
    "**/.azure-pipelines/**/*.yml",
)
_NAMES: Paths = (("resources/containers/[]/container", "name"),)
_PATHS: Paths = (
    ("resources/containers/[]/image", "image"),
    ("container", "image"),
    ("container/image", "image"),
    ("jobs/[]/container", "image"),
    ("jobs/[]/container/image", "image"),
    ("jobs/[]/services/*", "service"),
    ("stages/[]/jobs/[]/container", "image"),
    ("stages/[]/jobs/[]/container/image", "image"),
    ("stages/[]/jobs/[]/services/*", "service"),
)


def recognises(text: str) -> bool:
    """Tell by the word without which there is no image."""
    return "container" in text or "image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield container resources, and containers of jobs that are no such resource.

    Source: Azure Pipelines documentation, "YAML schema": resources.containers, jobs.job.
    """
    roots, broken = read_documents(file)
    nodes = [found.node for found in find_nodes(roots, _NAMES)]
    names = {node.value for node in nodes if isinstance(node, Scalar)}
    for label, node, _ in find_nodes(roots, _PATHS):
        if isinstance(node, Scalar) and node.value not in names:
            yield scalar_image(file, node, label)
    yield from broken
