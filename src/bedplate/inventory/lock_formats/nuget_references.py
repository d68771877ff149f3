"""Package references of .NET projects: `packages.config`, project files, shared versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.xml_document import child_text, xml_document
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from bedplate.model.package import Package

NAME = "package references"
WANTS: tuple[Want, ...] = tuple(
    Want(f"**/{name}", MAX_BYTES)
    for name in (
        *("packages.config", "*.csproj", "*.fsproj", "*.vbproj"),
        *("*Packages.props", "*packages.props"),
    )
)

# A bare version is the least one, and NuGet takes the least that will do; brackets are a range,
# but for the one that allows a single version. `$(Name)` is set somewhere else.
_VERSION = re.compile(r"\[?\s*(\d[0-9A-Za-z.+-]*)\s*\]?")
_ELEMENTS = frozenset({"package", "PackageReference", "PackageVersion", "GlobalPackageReference"})


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages that are referenced with a version.

    Args:
        path: of the file.
        content: of the file.

    Source: NuGet documentation, "packages.config reference", "PackageReference in project
    files", "Central Package Management".
    """
    root = xml_document(path, content)
    if root.tag not in ("packages", "Project"):
        raise InvalidDocument(f"{path}: neither a list of packages nor a project")
    groups = [root] if root.tag == "packages" else root.iter("ItemGroup")
    yield from merge(
        package
        for group in groups
        for element in group
        if element.tag in _ELEMENTS
        for package in _packages(path, element)
    )


def _packages(path: str, element: Element) -> Iterator[Package]:
    get = element.get
    name = (get("id") or get("Include") or get("Update") or "").strip()
    stated = get("version") or get("Version") or child_text(element, "Version")
    version = _VERSION.fullmatch(stated.strip())
    if name and version and "$(" not in name:
        development = (get("developmentDependency") or "").lower() == "true"
        yield language_package(
            "nuget", path, name, version[1], direct=True, development=development
        )
