"""Skaffold: `skaffold.yaml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.build import Build
from bedplate.repofiles.node_paths import find_nodes
from bedplate.repofiles.nodes import Mapping
from bedplate.repofiles.yaml_images import read_documents, yaml_images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.node_paths import Paths
    from bedplate.repofiles.repofile import Repofile

NAME = "skaffold"
WANTS: tuple[str, ...] = ("**/skaffold*.yml", "**/skaffold*.yaml")
_PATHS: Paths = (
    ("build/artifacts/[]/jib/fromImage", "from"),
    ("build/artifacts/[]/ko/fromImage", "from"),
    ("build/artifacts/[]/buildpacks/builder", "builder"),
    ("build/artifacts/[]/buildpacks/runImage", "from"),
    ("build/artifacts/[]/kaniko/image", "builder"),
    ("build/cluster/kaniko/image", "builder"),
    ("profiles/[]/build/artifacts/[]/jib/fromImage", "from"),
    ("profiles/[]/build/artifacts/[]/ko/fromImage", "from"),
    ("profiles/[]/build/artifacts/[]/buildpacks/builder", "builder"),
    ("profiles/[]/build/artifacts/[]/buildpacks/runImage", "from"),
    ("profiles/[]/build/artifacts/[]/kaniko/image", "builder"),
    ("test/[]/custom/[]/container/image", "image"),
    ("verify/[]/container/image", "image"),
    ("customActions/[]/containers/[]/image", "image"),
)
_ARTIFACTS: Paths = (
    ("build/artifacts/[]", ""),
    ("profiles/[]/build/artifacts/[]", ""),
)
_OTHER_BUILDERS = frozenset(("bazel", "buildpacks", "custom", "jib", "ko"))


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "skaffold/" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images of builders, bases, tests and actions.

    The image of an artifact is what Skaffold makes.

    Source: Skaffold documentation, "skaffold.yaml".
    """
    return yaml_images(file, _PATHS)


def builds(file: Repofile) -> Iterator[Build]:
    """Yield artifacts that are built from a Dockerfile, by Docker or kaniko."""
    roots, _ = read_documents(file)
    for _, node, _ in find_nodes(roots, _ARTIFACTS):
        if not isinstance(node, Mapping) or any(node.get(one) for one in _OTHER_BUILDERS):
            continue
        context = node.scalar("context")
        builder = node.get("docker") or node.get("kaniko")
        dockerfile = builder.scalar("dockerfile") if isinstance(builder, Mapping) else None
        yield Build(context.value if context else "", dockerfile.value if dockerfile else "")
