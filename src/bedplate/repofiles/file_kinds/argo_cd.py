"""Argo CD: charts in registries, and image overrides of Kustomize."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.located import Located
from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Mapping, Scalar
from bedplate.repofiles.reference_text import read_reference
from bedplate.repofiles.yaml_images import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "argo-cd"
WANTS: tuple[str, ...] = ("**/*.yml", "**/*.yaml")
_PATHS: Paths = (
    ("spec/source", "source"),
    ("spec/sources/[]", "source"),
    ("spec/template/spec/source", "source"),
    ("spec/template/spec/sources/[]", "source"),
    ("spec/source/kustomize/images/[]", "image"),
    ("spec/sources/[]/kustomize/images/[]", "image"),
    ("spec/template/spec/source/kustomize/images/[]", "image"),
    ("spec/template/spec/sources/[]/kustomize/images/[]", "image"),
)
_OCI = "oci://"


def recognises(text: str) -> bool:
    """Tell by the API group."""
    return "argoproj.io/" in text and "kind: Application" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield charts that are pulled from a registry, and images that replace others.

    Source: Argo CD documentation, "Helm" and "Kustomize".
    """
    roots, broken = read_documents(file)
    for label, node, _ in find_nodes(roots, _PATHS):
        if label == "source" and isinstance(node, Mapping):
            yield _chart(file, node)
        elif label == "image" and isinstance(node, Scalar):
            yield _override(file, node)
    yield from broken


def _chart(file: Repofile, node: Mapping) -> ImageUse | Skipped | None:
    url, chart, revision = (_value(node, key) for key in ("repoURL", "chart", "targetRevision"))
    if url is None or revision is None:
        return None
    is_registry = url.text.startswith(_OCI) or (chart is not None and "://" not in url.text)
    if not is_registry:
        return None
    name = url[len(_OCI) :] if url.text.startswith(_OCI) else url
    name = name[: len(name.text.rstrip("/"))]
    if chart:
        name = name + Located.nowhere("/") + chart
    return read_reference(file, name + Located.nowhere(":") + revision, "chart")


def _override(file: Repofile, node: Scalar) -> ImageUse | Skipped | None:
    """Read `image`, `name=image`; a bare name sets nothing."""
    located = node.located()
    if located is None:
        return None
    image = located[located.text.find("=") + 1 :]
    bare = ":" not in image.text and "@" not in image.text and image.text == located.text
    return None if bare else read_reference(file, image)


def _value(node: Mapping, key: str) -> Located | None:
    scalar = node.scalar(key)
    located = scalar.located() if scalar and scalar.value.strip() else None
    return located.strip() if located else None
