"""GitLab CI: `.gitlab-ci.yml` and what it includes by the same name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Mapping, Node, Scalar
from bedplate.repofiles.reference_text import read_reference
from bedplate.repofiles.yaml_images import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "gitlab-ci"
WANTS: tuple[str, ...] = (
    "**/.gitlab-ci.yml",
    "**/.gitlab-ci.yaml",
    "**/*.gitlab-ci.yml",
    "**/*.gitlab-ci.yaml",
    "**/.gitlab/ci/**/*.yml",
    "**/.gitlab-ci/**/*.yml",
)
_PATHS: Paths = (
    ("image", "image"),
    ("image/name", "image"),
    ("services/[]", "service"),
    ("services/[]/name", "service"),
    ("*/image", "image"),
    ("*/image/name", "image"),
    ("*/services/[]", "service"),
    ("*/services/[]/name", "service"),
)
# Top-level keys with free names below them.
_NOT_JOBS = frozenset(("variables", "include", "spec", "stages", "workflow"))
# Docker Hub through the proxy of the group: the same images.
_PROXY = re.compile(r"\$\{?CI_DEPENDENCY_PROXY_(?:DIRECT_)?GROUP_IMAGE_PREFIX\}?/")


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "image" in text or "services" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield images and services of the pipeline and of every job; includes are not followed.

    Source: GitLab documentation, "CI/CD YAML syntax reference".
    """
    roots, broken = read_documents(file)
    for label, node, _ in find_nodes(map(_jobs, roots), _PATHS):
        if not isinstance(node, Scalar) or not node.value.strip():
            continue
        located = node.located()
        if located is None:
            yield file.skipped_use(node.value, node.span, "spans several lines", label)
            continue
        prefix = _PROXY.match(located.text)
        yield read_reference(file, located[prefix.end() :] if prefix else located, label)
    yield from broken


def _jobs(root: Node) -> Node:
    if not isinstance(root, Mapping):
        return root
    pairs = [
        (key, value)
        for key, value in root.pairs
        if not (isinstance(key, Scalar) and key.value in _NOT_JOBS)
    ]
    return Mapping(pairs)
