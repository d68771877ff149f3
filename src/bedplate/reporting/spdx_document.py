"""SPDX 2.3: images and what is in them as packages.

Source: SPDX specification 2.3, JSON; `filesAnalyzed` is false, since packages are read, not files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.reporting.content_id import UniqueNames, content_uuid
from bedplate.reporting.image_identity import (
    image_purl,
    image_version,
    package_purl,
    runtime_purl,
)
from bedplate.reporting.json_text import readable
from bedplate.reporting.licence_expression import SpdxLicences
from bedplate.reporting.moment import utc_text
from bedplate.reporting.package_order import in_order, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.package import Package
    from bedplate.model.runtime import Runtime

_IDENTIFIER = re.compile(r"[^A-Za-z0-9.-]+")
_DOCUMENT = "SPDXRef-DOCUMENT"


class SpdxDocument:
    """Collects images and writes the document.

    Args:
        name: of the document.
        moment: time of which it is true.
    """

    def __init__(self, name: str, moment: datetime) -> None:
        self._name = name
        self._moment = moment
        self._names = UniqueNames("-")
        self._licences = SpdxLicences()
        self._packages: list[dict[str, Any]] = []
        self._relationships: list[dict[str, str]] = []
        self._comments: list[str] = []

    def add_image(
        self, facts: BaseFacts, packages: Iterable[Package]
    ) -> dict[tuple[str, ...], dict[str, Any]]:
        """Add an image with its parts; give the package of each, by `package_order.key_of`."""
        image = self._image(facts)
        self._relate(_DOCUMENT, "DESCRIBES", image)
        if facts.distro is not None and facts.distro.id != "scratch":
            title = f"{facts.distro.id}-{facts.distro.version}"
            found = self._package(f"OperatingSystem-{title}", facts.distro.id)
            _fill(found, facts.distro.version, "OPERATING_SYSTEM")
            self._relate(image["SPDXID"], "CONTAINS", found)
        unique = {runtime_purl(one): one for one in facts.runtimes or ()}
        runtimes = {purl: self._runtime(one, purl) for purl, one in unique.items()}
        for found in runtimes.values():
            self._relate(image["SPDXID"], "CONTAINS", found)
        written: dict[tuple[str, ...], dict[str, Any]] = {}
        for package in in_order(packages):
            known = runtimes.get(package.purl)
            written[key_of(package)] = known or self._part(package)
            if known is None:
                self._relate(image["SPDXID"], "CONTAINS", written[key_of(package)])
        return written

    def comment(self, lines: Iterable[str]) -> None:
        """Add what is to be said of the whole, as what could not be read."""
        self._comments += lines

    def document(self) -> dict[str, Any]:
        """Give the document as plain values; its namespace comes from the content."""
        body: dict[str, Any] = {
            "name": self._name or "image",
            "creationInfo": {
                "created": utc_text(self._moment),
                "creators": [f"Tool: bedplate-{__version__}"],
            },
            "packages": self._packages,
            "relationships": self._relationships,
        }
        if self._comments:
            body["comment"] = "\n".join(self._comments)
        if self._licences.extracted:
            body["hasExtractedLicensingInfos"] = [
                {"licenseId": reference, "extractedText": text, "name": text[:200]}
                for reference, text in sorted(self._licences.extracted.items())
            ]
        body = readable(body)
        return {
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": _DOCUMENT,
            "documentNamespace": f"https://spdx.org/spdxdocs/bedplate-{content_uuid(body)}",
            **body,
        }

    def _image(self, facts: BaseFacts) -> dict[str, Any]:
        found = self._package(f"Image-{facts.name}", facts.name or "image", image_purl(facts))
        version = image_version(facts)
        _fill(found, version, "CONTAINER")
        algorithm, _, encoded = version.partition(":")
        if algorithm == "sha256":
            found["checksums"] = [{"algorithm": "SHA256", "checksumValue": encoded}]
        if facts.platform:
            found["comment"] = f"platform {facts.platform}"
        return found

    def _runtime(self, runtime: Runtime, purl: str) -> dict[str, Any]:
        title = f"Runtime-{runtime.name}-{runtime.version}"
        found = self._package(title, runtime.name, purl)
        _fill(found, runtime.version, "APPLICATION")
        return found

    def _part(self, package: Package) -> dict[str, Any]:
        title = f"Package-{package.type}-{package.name}-{package.version}"
        found = self._package(title, package.name, package_purl(package))
        _fill(found, package.version, "")
        found["licenseDeclared"] = self._licences.expression(package.licenses)
        if package.vendor:
            found["supplier"] = f"Organization: {' '.join(package.vendor.split())}"
        if package.source_name:
            source = f"{package.source_name} {package.source_version}".strip()
            found["sourceInfo"] = f"built from source package {source}"
        told = (
            ("found in", package.location),
            ("layer", package.layer),
            ("files", package.file_count),
            ("brought by", package.bundled_in),
        )
        comment = "; ".join(f"{a} {b}" for a, b in told if b not in ("", None))
        if comment:
            found["comment"] = comment
        return found

    def _package(self, title: str, name: str, purl: str = "") -> dict[str, Any]:
        identifier = self._names.claim(f"SPDXRef-{_IDENTIFIER.sub('-', title)[:120]}")
        found: dict[str, Any] = {
            "SPDXID": identifier,
            "name": name,
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False,
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "NOASSERTION",
            "copyrightText": "NOASSERTION",
        }
        if purl:
            found["externalRefs"] = [
                {
                    "referenceCategory": "PACKAGE-MANAGER",
                    "referenceType": "purl",
                    "referenceLocator": purl,
                }
            ]
        self._packages.append(found)
        return found

    def _relate(self, source: str, kind: str, target: dict[str, Any]) -> None:
        self._relationships.append(
            {
                "spdxElementId": source,
                "relationshipType": kind,
                "relatedSpdxElement": target["SPDXID"],
            }
        )


def _fill(found: dict[str, Any], version: str, purpose: str) -> None:
    if version:
        found["versionInfo"] = version
    if purpose:
        found["primaryPackagePurpose"] = purpose
