"""Images in values of charts, with registry, repository, tag and digest on lines of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.located import Located
from bedplate.repofiles.node_paths import find_nodes
from bedplate.repofiles.nodes import Mapping, Scalar
from bedplate.repofiles.reference_text import read_reference
from bedplate.repofiles.yaml_images import scalar_image

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.nodes import Node
    from bedplate.repofiles.repofile import Repofile

_EVERYWHERE = (("**/*", ""), ("**/[]", ""))
_NULL = ("", "~", "null")


def chart_values(
    file: Repofile, roots: Iterable[Node], *, inline: bool
) -> Iterator[ImageUse | Skipped | None]:
    """Read images that are written in several values.

    A mapping is an image when it has `repository` and `tag` (or `digest`), or stands at a key
    that ends with `image` and has `repository`.

    Args:
        file: the file.
        roots: its documents.
        inline: read values of keys that end with `image`, too, as whole references.
    """
    for _, node, key in find_nodes(roots, _EVERYWHERE):
        named = key is not None and key.value.lower().endswith("image")
        if isinstance(node, Mapping):
            yield _image(file, node, named=named)
        elif inline and named and isinstance(node, Scalar):
            yield scalar_image(file, node, "image")


def _image(file: Repofile, node: Mapping, *, named: bool) -> ImageUse | Skipped | None:
    repository = node.scalar("repository")
    digest = _value(node.scalar("digest") or node.scalar("sha"))
    tag_node = node.scalar("tag") or (node.scalar("version") if named else None)
    if repository is None or not (named or tag_node or digest):
        return None
    name = _value(repository)
    if name is None or "://" in name.text:
        return None
    registry = _value(node.scalar("registry"))
    if registry:
        name = registry + Located.nowhere("/") + name
    tag = _value(tag_node)
    if tag is None and digest is None and tag_node is not None:
        return file.skipped_use(name.text, repository.span, "has an empty tag: the chart decides")
    if tag:
        name = name + Located.nowhere(":") + tag
    if digest:
        name = name + Located.nowhere("@") + digest
    return read_reference(file, name)


def _value(node: Scalar | None) -> Located | None:
    if node is None or (not node.style and node.value in _NULL):
        return None
    located = node.located()
    return located.strip() if located and located.text.strip() else None
