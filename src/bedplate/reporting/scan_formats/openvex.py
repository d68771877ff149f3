"""OpenVEX: what is said of each vulnerability in each image, for other scanners to take in.

Source: OpenVEX specification 0.2.0. ASCII. A report without findings has no statements, although
the specification asks for at least one: there is nothing to state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.model.advisory import Status
from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.content_id import content_uuid
from bedplate.reporting.harmless import harmless
from bedplate.reporting.image_identity import image_purl
from bedplate.reporting.json_text import json_text
from bedplate.reporting.moment import scan_moment, utc_text
from bedplate.reporting.risk import by_risk, named_suppressed
from bedplate.reporting.words import listed

if TYPE_CHECKING:
    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.reporting.look import Look

NAME = "openvex"
_CONTEXT = "https://openvex.dev/ns/v0.2.0"
# who may say that a vulnerability does no harm; a baseline or an ignore file does not claim it
_CLEARING = ("vex", "policy")
_JUSTIFICATIONS = {
    "component_not_present",
    "vulnerable_code_not_present",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "inline_mitigations_already_exist",
}


def scan(report: ScanReport, look: Look) -> str:
    """Write a statement for each finding, those that do not count too."""
    statements = [
        _statement(one, finding)
        for one in report.scans
        for finding in by_risk((*one.findings, *named_suppressed(one, look)), report.reading)
    ]
    document = {
        "@context": _CONTEXT,
        "author": "bedplate",
        "timestamp": utc_text(scan_moment(report)),
        "version": 1,
        "tooling": f"bedplate {__version__}",
        # the same package at two places gives the same statement, which may stand here once
        "statements": list({content_uuid(one): one for one in statements}.values()),
    }
    return json_text({"@id": f"urn:uuid:{content_uuid(document)}", **document})


def _statement(scan: Scan, one: Finding) -> dict[str, Any]:
    return {
        "vulnerability": {
            "@id": words.address(one.vulnerability),
            "name": one.vulnerability,
            "aliases": sorted(set(one.aliases)),
        },
        "products": [_product(scan, one)],
        **_status(one),
    }


def _product(scan: Scan, one: Finding) -> dict[str, Any]:
    purls = sorted({package.purl for package in one.packages if package.purl})
    image = image_purl(scan.facts)
    product: dict[str, Any] = {"@id": image, "identifiers": {"purl": image}}
    if purls:
        product["subcomponents"] = [{"@id": purl, "identifiers": {"purl": purl}} for purl in purls]
    return product


def _status(one: Finding) -> dict[str, str]:
    reason = words.suppression(one)
    cleared = one.suppression is not None and one.suppression.by in _CLEARING
    if cleared or one.status is Status.NOT_AFFECTED:
        stated = one.suppression.reason if one.suppression else ""
        if stated in _JUSTIFICATIONS:
            return {"status": "not_affected", "justification": stated}
        return {"status": "not_affected", "impact_statement": reason or "not affected"}
    if one.status is Status.UNDER_INVESTIGATION and not reason:
        return {"status": "under_investigation"}
    if reason:
        action = f"Accepted {reason}"
    elif one.fixed:
        action = f"Update {harmless(one.component)} to {listed(one.fixed)}"
    else:
        action = f"None now: {words.state(one)}"
    return {"status": "affected", "action_statement": action}
