"""CycloneDX JSON, 1.2 to 1.6 and later ones that keep to it; also as Trivy and syft write it.

Source: CycloneDX specification, JSON (ECMA-424).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from bedplate.inventory.sbom_contents import SbomContents
from bedplate.inventory.sbom_document import check_count, decode
from bedplate.inventory.sbom_package import IMAGES, package_of
from bedplate.model.package_url import parse_package_url
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from bedplate.inventory.sbom_document import SbomHead
    from bedplate.model.sbom import Sbom

NAME = "cyclonedx"
# components that are no packages: nothing is missing when they have no package URL
_PLAIN = ("file", "operating-system", "container", "data", "cryptographic-asset", "device")
_SOURCES = (
    ("syft:metadata:source", "syft:metadata:sourceVersion"),
    ("syft:metadata:originPackage", ""),
    ("bedplate:source_name", "bedplate:source_version"),
)
_TRIVY = "aquasecurity:trivy:"
_LOCATIONS = ("syft:location:0:path", f"{_TRIVY}FilePath")
_MARKS = (b"bedplate:", b"syft:metadata:", b"syft:location:0", b"aquasecurity:trivy:")


class _Property(msgspec.Struct):
    name: str = ""
    value: Any = ""


class _Licence(msgspec.Struct):
    id: str | None = None
    name: str | None = None


class _Choice(msgspec.Struct):
    license: _Licence | None = None
    expression: str | None = None


class _Named(msgspec.Struct):
    name: str | None = None


class _Occurrence(msgspec.Struct):
    location: str | None = None


class _Evidence(msgspec.Struct):
    occurrences: list[_Occurrence] | None = None


class _Hash(msgspec.Struct):
    alg: str = ""
    content: str = ""


class _Component(msgspec.Struct):
    type: str = "library"
    name: str = ""
    version: str | None = None
    purl: str | None = None
    publisher: str | None = None
    supplier: _Named | None = None
    licenses: list[_Choice] | None = None
    hashes: list[_Hash] | None = None
    evidence: _Evidence | None = None
    properties: msgspec.Raw = msgspec.Raw()  # many, and few of them are read
    components: list[_Component] | None = None


class _Metadata(msgspec.Struct):
    timestamp: str | None = None
    tools: Any = None
    component: _Component | None = None


class _Bom(msgspec.Struct):
    metadata: _Metadata | None = None
    components: list[_Component] | None = None


def recognises(head: SbomHead, /) -> bool:
    """Tell by `bomFormat`."""
    return bool(head.bomFormat == "CycloneDX")


def read(content: bytes, where: str, /) -> Sbom:
    """Read the components, those within components too."""
    bom = decode(content, _Bom, where)
    metadata = bom.metadata or _Metadata()
    subject = metadata.component or _Component(type="container")
    contents = SbomContents()
    waiting = [*(bom.components or ()), *(subject.components or ())][::-1]
    bom.components = subject.components = None  # so that what was taken in is let go
    seen = 0
    while waiting:
        component = waiting.pop()
        seen += 1
        check_count(seen + len(waiting), where)
        waiting += (component.components or ())[::-1]
        if component.type == "container" and not subject.name:
            subject = component
        _take(component, contents, where)
    return contents.sbom(
        NAME,
        name=subject.name,
        digest=_digest(subject),
        tool=_tool(metadata.tools),
        created=metadata.timestamp or "",
    )


def _take(component: _Component, contents: SbomContents, where: str) -> None:
    facts = _facts(component, where)
    if component.type == "operating-system":
        if not contents.system[0]:
            contents.system = (component.name, component.version or "")
            contents.base_id = facts.get("bedplate:base_id", "")
        return
    if component.type in _PLAIN and not component.purl:
        return
    files = facts.get("bedplate:files", "")
    package = package_of(
        component.purl or "",
        name=component.name,
        version=component.version or "",
        source=_source(facts),
        licenses=_licences(component),
        location=_location(component, facts),
        vendor=_vendor(component),
        bundled_in=facts.get("bedplate:bundled_in", ""),
        file_count=int(files) if files.isascii() and files.isdigit() and len(files) < 10 else None,
    )
    contents.add(package, f"{component.name} {component.version or ''}".strip())


def _facts(component: _Component, where: str) -> dict[str, str]:
    """Decode the properties of a component if there may be one among them that is read."""
    content = bytes(component.properties)
    if not any(mark in content for mark in _MARKS):
        return {}
    found = decode(content, list[_Property], f"{where}: properties of {component.name[:60]}")
    return {one.name: text(one.value) for one in found}


def _source(facts: dict[str, str]) -> tuple[str, str]:
    """Find the source package among the properties that tools write."""
    for name, version in _SOURCES:
        if facts.get(name):
            return facts[name], facts.get(version, "")
    name = facts.get(f"{_TRIVY}SrcName", "")
    parts = (facts.get(f"{_TRIVY}Src{part}", "") for part in ("Epoch", "Version", "Release"))
    epoch, version, release = parts
    full = f"{version}-{release}" if version and release else version
    return name, f"{epoch}:{full}" if epoch not in ("", "0") and full else full


def _licences(component: _Component) -> tuple[str, ...]:
    found = [
        choice.expression or (choice.license and (choice.license.id or choice.license.name)) or ""
        for choice in component.licenses or ()
    ]
    return tuple(dict.fromkeys(one for one in found if one))


def _location(component: _Component, facts: dict[str, str]) -> str:
    occurrences = (component.evidence and component.evidence.occurrences) or ()
    stated = next((one.location for one in occurrences if one.location), "")
    return stated or next((facts[name] for name in _LOCATIONS if facts.get(name)), "")


def _vendor(component: _Component) -> str:
    return (component.supplier and component.supplier.name) or component.publisher or ""


def _digest(subject: _Component) -> str:
    """Find the digest of the image: in its version, its package URL, or its hashes."""
    url = parse_package_url(subject.purl or "")
    stated = [subject.version or "", url.version if url and url.type in IMAGES else ""]
    if subject.type == "container":
        stated += [f"sha256:{one.content}" for one in subject.hashes or () if one.alg == "SHA-256"]
    return next((one for one in stated if one.startswith("sha256:")), "")


def _tool(tools: Any) -> str:
    """Name the first tool: a list until 1.4, later an object with components."""
    listed = items(tools) or items(mapping(tools).get("components"))
    first = mapping(listed[0]) if listed else {}
    return f"{text(first.get('name'))} {text(first.get('version'))}".strip()
