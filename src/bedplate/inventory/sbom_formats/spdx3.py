"""SPDX 3.0, JSON-LD in the compact form that its schema prescribes.

Source: SPDX specification 3.0.1, model Core and Software.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bedplate.inventory.sbom_contents import SbomContents
from bedplate.inventory.sbom_document import check_count, decode, is_there
from bedplate.inventory.sbom_package import package_of
from bedplate.support.json_fields import text

if TYPE_CHECKING:
    from bedplate.inventory.sbom_document import SbomHead
    from bedplate.model.sbom import Sbom

NAME = "spdx3"
_CONTEXT = b"spdx.org/rdf/3."


class _Identifier(msgspec.Struct):
    kind: str | None = msgspec.field(default=None, name="externalIdentifierType")
    identifier: str | None = None


class _Element(msgspec.Struct):
    type: Any = None
    name: Any = None
    created: Any = None
    version: str | None = msgspec.field(default=None, name="software_packageVersion")
    purl: str | None = msgspec.field(default=None, name="software_packageUrl")
    purpose: Any = msgspec.field(default=None, name="software_primaryPurpose")
    identifiers: Any = msgspec.field(default=None, name="externalIdentifier")


class _Document(msgspec.Struct):
    graph: list[_Element] = msgspec.field(name="@graph", default_factory=list)


def recognises(head: SbomHead, /) -> bool:
    """Tell by the context and a graph."""
    return _CONTEXT in bytes(memoryview(head.context)[:1000]) and is_there(head.graph)


def read(content: bytes, where: str, /) -> Sbom:
    """Read the packages of the graph."""
    document = decode(content, _Document, where)
    check_count(len(document.graph), where)
    contents = SbomContents()
    name, created, tool = "", "", ""
    for element in document.graph:
        title = text(element.name)
        if element.type == "CreationInfo":
            created = created or text(element.created)
        elif element.type == "Tool":
            tool = tool or title
        elif element.type == "software_Package":
            if element.purpose == "container":
                name = name or title
            elif element.purpose == "operatingSystem":
                contents.system = (title, element.version or "")
            else:
                version = element.version or ""
                made = package_of(_purl(element, where), name=title, version=version)
                contents.add(made, f"{title} {version}".strip())
    return contents.sbom(NAME, name=name, tool=tool, created=created)


def _purl(element: _Element, where: str) -> str:
    if element.purl:
        return element.purl
    listed = element.identifiers if isinstance(element.identifiers, list) else []
    for one in listed:
        found = _convert(one, where)
        if found.kind == "packageUrl" and found.identifier:
            return found.identifier
    return ""


def _convert(value: Any, where: str) -> _Identifier:
    return decode(msgspec.json.encode(value), _Identifier, f"{where}: externalIdentifier")
