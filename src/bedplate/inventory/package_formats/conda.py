"""conda packages that are installed: `conda-meta/*.json` of an environment."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.inventory.json_document import json_document
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.model.package import Package
from bedplate.model.package_url import package_url
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.support.json_fields import text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.tree import Tree

NAME = "conda"
WANTS: tuple[Want, ...] = (Want("**/conda-meta/*.json", limit=MAX_BYTES),)

_MAX_PACKAGES = 50_000


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield one package for each record of an environment.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: conda documentation, "Prefix records"; purl type definition "conda".
    """
    for number, path in enumerate(tree.kept(WANTS[0].glob)):
        if number == _MAX_PACKAGES:
            yield Skipped("conda-meta", f"more than {_MAX_PACKAGES} packages")
            return
        content = tree.read(path)
        if content is None:
            continue
        try:
            yield _package(tree, path, content)
        except BadInput as error:
            yield Skipped(path, error.message.removeprefix(f"{path}: "))


def _package(tree: Tree, path: str, content: bytes) -> Package | Skipped:
    record = json_document(path, content)
    name, version = text(record.get("name")), text(record.get("version"))
    if not name or not version:
        return Skipped(path, "names no package and version")
    environment = posixpath.dirname(posixpath.dirname(path))
    subdir = text(record.get("subdir"))
    channel = text(record.get("channel")).removesuffix(f"/{subdir}").rpartition("/")[2]
    qualifiers = {"build": text(record.get("build")), "channel": channel, "subdir": subdir}
    entry = tree.get(path)
    prefix = f"{environment}/" if environment else ""
    license_name = text(record.get("license"))
    return Package(
        type="conda",
        name=name,
        version=version,
        architecture=subdir,
        licenses=(license_name,) if license_name else (),
        purl=package_url("conda", name, version, qualifiers=qualifiers),
        location=path,
        layer=entry.layer if entry else None,
        files=tuple(prefix + file for file in texts(record.get("files")) if ".." not in file),
    )
