"""Kustomize: the `images` of a kustomization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.located import Located
from bedplate.repofiles.node_paths import Paths, find_nodes
from bedplate.repofiles.nodes import Mapping
from bedplate.repofiles.reference_text import read_reference
from bedplate.repofiles.yaml_images import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "kustomize"
WANTS: tuple[str, ...] = ("**/kustomization.yml", "**/kustomization.yaml", "**/Kustomization")
_PATHS: Paths = (("images/[]", "image"),)


def recognises(text: str) -> bool:
    """Tell by the field."""
    return "images" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield what the images of a kustomization are replaced with.

    An entry that sets neither name, tag nor digest changes nothing and names no image.

    Source: Kustomize documentation, "images".
    """
    roots, broken = read_documents(file)
    for _, node, _ in find_nodes(roots, _PATHS):
        if isinstance(node, Mapping):
            yield _image(file, node)
    yield from broken


def _image(file: Repofile, node: Mapping) -> ImageUse | Skipped | None:
    fields = {key: _value(node, key) for key in ("name", "newName", "newTag", "digest")}
    name = fields["newName"] or fields["name"]
    tag, digest = fields["newTag"], fields["digest"]
    if name is None or not (fields["newName"] or tag or digest):
        return None
    if tag and digest:
        return file.skipped_use(name.text, name.outline(), "has newTag and digest")
    last = name.text.rpartition("/")[2]
    if tag:
        name = name[: len(name.text) - len(last) + len(last.partition(":")[0])]
        name = name + Located.nowhere(":") + tag
    if digest:
        if ":" not in digest.text:
            return file.skipped_use(digest.text, digest.outline(), "is not a digest")
        name = name + Located.nowhere("@") + digest
    return read_reference(file, name)


def _value(node: Mapping, key: str) -> Located | None:
    scalar = node.scalar(key)
    located = scalar.located() if scalar and scalar.value.strip() else None
    return located.strip() if located else None
