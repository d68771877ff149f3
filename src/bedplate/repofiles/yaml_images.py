"""Images of a YAML file whose kind is told by paths of keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.repofiles.located import Located
from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Scalar
from bedplate.repofiles.reference_text import read_reference
from bedplate.repofiles.yaml_nodes import yaml_documents, yaml_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.nodes import Node
    from bedplate.repofiles.repofile import Repofile

    Images = Iterator[ImageUse | Skipped | None]

SCHEME = "docker://"
_IMAGE_LINE = re.compile(
    r"^[ \t]*(?:-[ \t]+)*(?P<open>[\"']?)image(?P=open)[ \t]*:[ \t]+"
    r"(?P<quote>[\"']?)(?P<value>[^\s\"'#][^\"'#\r\n]*)",
    re.MULTILINE,
)


def yaml_images(file: Repofile, paths: Paths, *, defaults: bool = False) -> Images:
    """Read the values at some paths.

    Args:
        file: the file.
        paths: pairs of a path and the role of what stands there; a role behind `docker://`
            is for values that begin so.
        defaults: variables may have defaults in this format.
    """
    roots, broken = read_documents(file)
    for label, node, _ in find_nodes(roots, paths):
        if isinstance(node, Scalar):
            yield scalar_image(file, node, label, defaults=defaults)
    yield from broken


def scalar_image(
    file: Repofile, node: Scalar, label: str, *, defaults: bool = False
) -> ImageUse | Skipped | None:
    """Read one value; see `yaml_images` for the label."""
    role = label.removeprefix(SCHEME)
    if role != label and not node.value.startswith(SCHEME):
        return None
    if not node.value.strip():
        return None
    located = node.located()
    if located is None:
        return file.skipped_use(node.value, node.span, "spans several lines", role)
    return read_reference(file, located, role, defaults=defaults)


def read_documents(file: Repofile) -> tuple[list[Node], list[ImageUse | Skipped | None]]:
    """Read every document; of one that is not YAML, the lines that say `image:`.

    Templates of YAML are such documents.

    Returns:
        The roots, and what was found in the documents that are not YAML.
    """
    try:
        return yaml_nodes(file.path, file.text), []
    except InvalidDocument as error:
        first = error
    roots: list[Node] = []
    found: list[ImageUse | Skipped | None] = []
    for offset, text in yaml_documents(file.path, file.text):
        try:
            roots += yaml_nodes(file.path, text, offset, file.line(offset))
        except InvalidDocument as error:
            found.append(file.skipped(error.message))
            found += _by_line(file, text, offset)
    return roots, found or [file.skipped(first.message)]


def _by_line(file: Repofile, text: str, offset: int) -> Images:
    for match in _IMAGE_LINE.finditer(text):
        value = Located.at(match["value"].rstrip(), offset + match.start("value"))
        yield read_reference(file, value)
