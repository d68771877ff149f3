"""`gradle/verification-metadata.xml` of Gradle: every module that a build has loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.xml_document import xml_document
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "verification-metadata.xml"
WANTS: tuple[Want, ...] = (Want("**/gradle/verification-metadata.xml", MAX_BYTES),)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the components with their versions.

    Args:
        path: of the file.
        content: of the file.

    Source: Gradle User Manual, "Verifying dependencies".
    """
    root = xml_document(path, content)
    if root.tag != "verification-metadata":
        raise InvalidDocument(f"{path}: not a list of verified components")
    yield from merge(
        language_package(
            "maven", path, f"{one.get('group')}:{one.get('name')}", one.get("version", "")
        )
        for one in root.iter("component")
        if one.get("group") and one.get("name") and one.get("version")
    )
