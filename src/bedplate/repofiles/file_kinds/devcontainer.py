"""Development containers: `devcontainer.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Mapping, Scalar
from bedplate.repofiles.relaxed_json import relaxed_json_nodes
from bedplate.repofiles.yaml_images import scalar_image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "devcontainer"
WANTS: tuple[str, ...] = (
    "**/devcontainer.json",
    "**/.devcontainer.json",
    "**/.devcontainer/**/devcontainer.json",
)
_PATHS: Paths = (("image", "image"), ("features", "feature"))


def recognises(text: str) -> bool:
    """Tell by the keys."""
    return '"image"' in text or '"features"' in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the image and the features, which are pulled from a registry as images are.

    Source: Development Container specification, "devcontainer.json" and "Features".
    """
    try:
        roots = relaxed_json_nodes(file.path, file.text)
    except InvalidDocument as error:
        yield file.skipped(error.message.replace("YAML", "JSON"))
        return
    for label, node, _ in find_nodes(roots, _PATHS):
        if isinstance(node, Scalar) and node.style:
            yield scalar_image(file, node, label)
        elif isinstance(node, Mapping) and label == "feature":
            for key, _ in node.pairs:
                # A feature of the project itself is a path, one of a server is an address.
                if isinstance(key, Scalar) and not key.value.startswith((".", "/", "http")):
                    yield scalar_image(file, key, label)
