"""Kubernetes manifests: every workload, and custom resources that say `image:`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.repofiles.chart_values import chart_values
from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Mapping, Scalar
from bedplate.repofiles.yaml_images import read_documents, scalar_image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "kubernetes"
WANTS: tuple[str, ...] = ("**/*.yml", "**/*.yaml")
_PATHS: Paths = (("**/image", "image"), ("**/image/reference", "volume"))
_API_VERSION = re.compile(r"^[ \t-]*[\"']?apiVersion[\"']?[ \t]*:", re.MULTILINE)
_KIND = re.compile(r"^[ \t-]*[\"']?kind[\"']?[ \t]*:", re.MULTILINE)


def recognises(text: str) -> bool:
    """Tell by the two fields that every object has."""
    return (
        ("image" in text or "Image" in text)
        and _API_VERSION.search(text) is not None
        and _KIND.search(text) is not None
    )


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield images of containers, init and ephemeral containers and volumes.

    Values of charts in custom resources (`HelmRelease`) are read as in a values file.

    Source: Kubernetes API reference, "Container" and "ImageVolumeSource".
    """
    roots, broken = read_documents(file)
    for label, node, _ in find_nodes(roots, _PATHS):
        if isinstance(node, Scalar):
            yield scalar_image(file, node, label)
    for root in roots:
        if isinstance(root, Mapping):
            yield from chart_values(file, [root], inline=False)
    yield from broken
