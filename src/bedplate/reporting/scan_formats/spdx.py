"""SPDX 2.3 with vulnerabilities as security references, JSON.

Source: SPDX specification 2.3, annex F.2 (category SECURITY) and annex G.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.json_text import json_text
from bedplate.reporting.moment import scan_moment
from bedplate.reporting.package_order import key_of, with_found
from bedplate.reporting.risk import by_risk, named_suppressed
from bedplate.reporting.scan_sections import NOTHING, unseen
from bedplate.reporting.spdx_document import SpdxDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.reporting.look import Look

NAME = "spdx"


def scan(report: ScanReport, look: Look) -> str:
    """Write one document; each package names its vulnerabilities."""
    title = ", ".join(one.facts.name for one in report.scans)
    document = SpdxDocument(title, scan_moment(report))
    for one in report.scans:
        findings = by_risk((*one.findings, *named_suppressed(one, look)), report.reading)
        written = document.add_image(one.facts, with_found(one.facts.packages, findings))
        for finding in findings:
            for package in finding.packages:
                references = written[key_of(package)].setdefault("externalRefs", [])
                reference = _reference(finding)
                if reference not in references:
                    references.append(reference)
        document.comment(_notes(one, findings))
    return json_text(document.document())


def _reference(one: Finding) -> dict[str, Any]:
    rest = words.suppression(one) or words.state(one)
    told = f"by vendor: {words.rating(one.vendor)}, by CVSS: {words.rating(one.cvss)}; {rest}"
    return {
        "referenceCategory": "SECURITY",
        "referenceType": "advisory",
        "referenceLocator": words.address(one.vulnerability),
        "comment": f"{one.vulnerability}: {told}",
    }


def _notes(one: Scan, findings: list[Finding]) -> Iterator[str]:
    """Say what is about no package: dates of advisories, what could not be seen."""
    if not one.examined:
        yield NOTHING
    yield from (f"advisories: {store.name} as of {store.as_of}" for store in one.stores)
    yield from (f"not examined: {what}: {why}" for what, why in unseen(one))
    for finding in findings:
        if not finding.packages:
            name = words.component(finding)
            yield f"{finding.vulnerability} in {name}: {words.state(finding)}"
