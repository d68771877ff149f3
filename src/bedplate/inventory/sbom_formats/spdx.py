"""SPDX 2.2 and 2.3 JSON, also as Trivy, syft and BuildKit write it.

Source: SPDX specification 2.3, JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from bedplate.inventory.sbom_contents import SbomContents
from bedplate.inventory.sbom_document import check_count, decode
from bedplate.inventory.sbom_package import package_of

if TYPE_CHECKING:
    from bedplate.inventory.sbom_document import SbomHead
    from bedplate.model.sbom import Sbom

NAME = "spdx"
_SILENT = ("NOASSERTION", "NONE", "")
# packages that are no packages: nothing is missing when they have no package URL
_PLAIN = ("CONTAINER", "FILE", "DEVICE", "SOURCE", "ARCHIVE")
_ROOT = "SPDXRef-DocumentRoot-"
_SOURCE = re.compile(r"built (?:package from:|from source package) (\S+)(?: (\S+))?")
_FOUND = re.compile(r"(?:^|; )found in ([^;]+)|package info from [^:]+: (.+)")


class _Reference(msgspec.Struct):
    referenceType: str = ""  # noqa: N815 - the format's own spelling
    referenceLocator: str = ""  # noqa: N815


class _Checksum(msgspec.Struct):
    algorithm: str = ""
    checksumValue: str = ""  # noqa: N815


class _Package(msgspec.Struct):
    SPDXID: str = ""
    name: str = ""
    versionInfo: str | None = None  # noqa: N815
    licenseDeclared: str | None = None  # noqa: N815
    supplier: str | None = None
    originator: str | None = None
    sourceInfo: str | None = None  # noqa: N815
    comment: str | None = None
    primaryPackagePurpose: str | None = None  # noqa: N815
    externalRefs: list[_Reference] | None = None  # noqa: N815
    checksums: list[_Checksum] | None = None


class _Extracted(msgspec.Struct):
    licenseId: str = ""  # noqa: N815
    name: str | None = None
    extractedText: str | None = None  # noqa: N815


class _Creation(msgspec.Struct):
    created: str | None = None
    creators: list[str] | None = None


class _Document(msgspec.Struct):
    name: str | None = None
    creationInfo: _Creation | None = None  # noqa: N815
    packages: list[_Package] | None = None
    hasExtractedLicensingInfos: list[_Extracted] | None = None  # noqa: N815


def recognises(head: SbomHead, /) -> bool:
    """Tell by `spdxVersion`."""
    return isinstance(head.spdxVersion, str) and head.spdxVersion.startswith("SPDX-2.")


def read(content: bytes, where: str, /) -> Sbom:
    """Read the packages; files and relationships are passed over."""
    document = decode(content, _Document, where)
    check_count(len(document.packages or ()), where)
    texts = {
        one.licenseId: one.name or one.extractedText or ""
        for one in document.hasExtractedLicensingInfos or ()
    }
    contents = SbomContents()
    subject = _Package()
    for package in document.packages or ():
        if _is_subject(package):
            subject = subject if subject.name else package
        else:
            _take(package, contents, texts)
    creation = document.creationInfo or _Creation()
    return contents.sbom(
        NAME,
        name=subject.name or document.name or "",
        digest=_digest(subject),
        tool=_tool(creation.creators or []),
        created=creation.created or "",
    )


def _is_subject(package: _Package) -> bool:
    return package.primaryPackagePurpose == "CONTAINER" or package.SPDXID.startswith(_ROOT)


def _take(package: _Package, contents: SbomContents, texts: dict[str, str]) -> None:
    purpose = package.primaryPackagePurpose or ""
    if purpose.replace("-", "_") == "OPERATING_SYSTEM":
        if not contents.system[0]:
            contents.system = (package.name, package.versionInfo or "")
        return
    purl = _purl(package)
    if purpose in _PLAIN and not purl:
        return
    source = _SOURCE.search(package.sourceInfo or "")
    found = _FOUND.search(package.comment or "") or _FOUND.search(package.sourceInfo or "")
    made = package_of(
        purl,
        name=package.name,
        version=package.versionInfo or "",
        source=(source[1], source[2] or "") if source else ("", ""),
        licenses=_licences(package.licenseDeclared or "", texts),
        location=(found[1] or found[2]).strip() if found else "",
        vendor=_actor(package.supplier) or _actor(package.originator),
    )
    contents.add(made, f"{package.name} {package.versionInfo or ''}".strip())


def _purl(package: _Package) -> str:
    references = package.externalRefs or ()
    return next((one.referenceLocator for one in references if one.referenceType == "purl"), "")


def _licences(declared: str, texts: dict[str, str]) -> tuple[str, ...]:
    if declared in _SILENT:
        return ()
    return (texts.get(declared) or declared,)


def _actor(text: str | None) -> str:
    """Give the name of `Organization: NAME` or `Person: NAME`."""
    kind, colon, name = (text or "").partition(":")
    return name.strip() if colon and kind in ("Organization", "Person") else ""


def _digest(subject: _Package) -> str:
    version = subject.versionInfo or ""
    if version.startswith("sha256:"):
        return version
    values = [one.checksumValue for one in subject.checksums or () if one.algorithm == "SHA256"]
    return f"sha256:{values[0]}" if values else ""


def _tool(creators: list[str]) -> str:
    """Name the first tool: `Tool: syft-1.18.1`."""
    for creator in creators:
        kind, _, name = creator.partition(":")
        if kind == "Tool":
            title, dash, version = name.strip().rpartition("-")
            return f"{title} {version}" if dash and version[:1].isdigit() else name.strip()
    return ""
