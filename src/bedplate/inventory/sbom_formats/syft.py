"""syft's own JSON.

Source: github.com/anchore/syft, schema/json.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bedplate.inventory.sbom_contents import SbomContents
from bedplate.inventory.sbom_document import check_count, decode, is_there
from bedplate.inventory.sbom_package import package_of
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from bedplate.inventory.sbom_document import SbomHead
    from bedplate.model.sbom import Sbom

NAME = "syft"


class _Location(msgspec.Struct):
    path: str | None = None


class _Metadata(msgspec.Struct):
    source: Any = None
    sourceVersion: Any = None  # noqa: N815 - the format's own spelling
    originPackage: Any = None  # noqa: N815
    maintainer: Any = None
    vendor: Any = None


class _Artifact(msgspec.Struct):
    name: str = ""
    version: str | None = None
    type: str = ""
    purl: str | None = None
    locations: list[_Location] | None = None
    licenses: list[Any] | None = None
    metadata: msgspec.Raw = msgspec.Raw()


class _Distro(msgspec.Struct):
    id: str | None = None
    versionID: str | None = None  # noqa: N815


class _Source(msgspec.Struct):
    name: str | None = None
    metadata: Any = None


class _Descriptor(msgspec.Struct):
    name: str = "syft"
    version: str | None = None
    timestamp: str | None = None


class _Document(msgspec.Struct):
    artifacts: list[_Artifact]
    source: _Source | None = None
    distro: _Distro | None = None
    descriptor: _Descriptor | None = None


def recognises(head: SbomHead, /) -> bool:
    """Tell by `artifacts` and `descriptor`."""
    return is_there(head.artifacts) and is_there(head.descriptor)


def read(content: bytes, where: str, /) -> Sbom:
    """Read the artifacts; files and relationships are passed over."""
    document = decode(content, _Document, where)
    check_count(len(document.artifacts), where)
    contents = SbomContents()
    distro = document.distro or _Distro()
    contents.system = (distro.id or "", distro.versionID or "")
    for artifact in document.artifacts:
        _take(artifact, contents, where)
    source = document.source or _Source()
    image = mapping(source.metadata)
    descriptor = document.descriptor or _Descriptor()
    return contents.sbom(
        NAME,
        name=text(image.get("userInput")) or source.name or "",
        digest=text(image.get("manifestDigest")),
        tool=f"{descriptor.name} {descriptor.version or ''}".strip(),
        created=descriptor.timestamp or "",
    )


def _take(artifact: _Artifact, contents: SbomContents, where: str) -> None:
    metadata = _Metadata()
    if bytes(artifact.metadata)[:1] == b"{":
        metadata = decode(artifact.metadata, _Metadata, f"{where}: metadata of {artifact.name}")
    named = text(metadata.source) or text(metadata.originPackage)
    paths = (one.path for one in artifact.locations or () if one.path)
    made = package_of(
        artifact.purl or "",
        name=artifact.name,
        version=artifact.version or "",
        # for what has no package database, `source` means something else
        source=(named, text(metadata.sourceVersion))
        if artifact.type in ("deb", "apk")
        else ("", ""),
        licenses=_licences(artifact.licenses or []),
        location=next(paths, ""),
        vendor=text(metadata.maintainer) or text(metadata.vendor),
    )
    contents.add(made, f"{artifact.name} {artifact.version or ''}".strip())


def _licences(licences: list[Any]) -> tuple[str, ...]:
    """Read texts, as old versions write them, or objects."""
    found = (
        text(one) or text(mapping(one).get("spdxExpression")) or text(mapping(one).get("value"))
        for one in licences
    )
    return tuple(dict.fromkeys(one for one in found if one))
