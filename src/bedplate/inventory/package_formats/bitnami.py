"""Components of Bitnami's images: an SPDX document in the folder of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.inventory.each_file import each_file, kept_files
from bedplate.inventory.json_document import json_document
from bedplate.inventory.language_package import language_package
from bedplate.model.want import MIB, Want
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "bitnami"
_GLOBS = ("opt/bitnami/*/.spdx-*.spdx", "opt/bitnami/*/*/.spdx-*.spdx")
WANTS: tuple[Want, ...] = tuple(Want(glob, 8 * MIB) for glob in _GLOBS)

_PURL = "pkg:bitnami/"


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the components; what they are made of is found where it lies.

    Versions have Bitnami's revision behind a dash, which is no pre-release.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: SPDX 2.3, JSON; Bitnami documentation, "Software Bill of Materials".
    """
    return each_file(tree, kept_files(tree, *_GLOBS), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    for one in map(mapping, items(json_document(path, content).get("packages"))):
        name, version = text(one.get("name")), text(one.get("versionInfo"))
        references = map(mapping, items(one.get("externalRefs")))
        purls = [text(reference.get("referenceLocator")) for reference in references]
        purl = next((purl for purl in purls if purl.startswith(_PURL)), "")
        if purl and name and version:
            stated = text(one.get("licenseDeclared")) or text(one.get("licenseConcluded"))
            licenses = () if stated in ("", "NOASSERTION", "NONE") else (stated,)
            package = language_package("bitnami", path, name, version, licenses=licenses)
            yield replace(package, purl=purl)
