"""SARIF 2.1.0, for code scanning: a rule for each vulnerability, a result for each finding.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0; GitHub, "SARIF support for code
scanning" (security-severity, partialFingerprints). ASCII.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bedplate._version import __version__
from bedplate.model.rating import Level
from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.harmless import harmless
from bedplate.reporting.json_text import json_text
from bedplate.reporting.risk import by_risk, named_suppressed
from bedplate.reporting.scan_sections import NOTHING, unseen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.reporting.look import Look

NAME = "sarif"
_LEVELS = {Level.CRITICAL: "error", Level.HIGH: "error", Level.MEDIUM: "warning"}
# the middle of the range that GitHub shows under the same word
_SCORES = {
    Level.CRITICAL: 9.5,
    Level.HIGH: 8.0,
    Level.MEDIUM: 5.5,
    Level.LOW: 2.0,
    Level.NEGLIGIBLE: 0.1,
}


def scan(report: ScanReport, look: Look) -> str:
    """Write one run; what could not be seen is a notification of the tool."""
    rows = [
        (one, finding)
        for one in report.scans
        for finding in by_risk((*one.findings, *named_suppressed(one, look)), report.reading)
    ]
    rules = _rules((finding for _, finding in rows), report.reading)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "bedplate", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": all(one.examined for one in report.scans),
                "toolExecutionNotifications": _notifications(report),
            }
        ],
        "results": [_result(one, finding, numbers, report.reading) for one, finding in rows],
    }
    return json_text(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        }
    )


def _notifications(report: ScanReport) -> list[dict[str, Any]]:
    notes = []
    for one in report.scans:
        title = words.image_title(one)
        if not one.examined:
            notes.append(("error", f"{title}: {NOTHING}"))
        notes += [("warning", f"{title}: {harmless(warning)}") for warning in one.warnings]
        notes += [("warning", f"{title}: not examined: {a}: {b}") for a, b in unseen(one)]
    return [{"level": level, "message": {"text": text}} for level, text in notes]


def _rules(findings: Iterable[Finding], reading: str) -> list[dict[str, Any]]:
    """Write each vulnerability once, with the gravest that is said of it."""
    gravest: dict[str, Finding] = {}
    for one in findings:
        known = gravest.setdefault(one.vulnerability, one)
        if one.level(reading) > known.level(reading):
            gravest[one.vulnerability] = one
    return [_rule(gravest[key], reading) for key in sorted(gravest)]


def _rule(one: Finding, reading: str) -> dict[str, Any]:
    level = one.level(reading)
    properties: dict[str, Any] = {"tags": ["security", "vulnerability", level.word]}
    score = one.cvss.score if one.cvss and one.cvss.score is not None else _SCORES.get(level)
    if score is not None:
        properties["security-severity"] = f"{score:.1f}"
    text = harmless(one.summary) or harmless(one.vulnerability)
    return {
        "id": one.vulnerability,
        "name": "KnownVulnerability",
        "shortDescription": {"text": f"{harmless(one.vulnerability)} in {harmless(one.component)}"},
        "fullDescription": {"text": text},
        "helpUri": words.address(one.vulnerability),
        "defaultConfiguration": {"level": _LEVELS.get(level, "note")},
        "properties": properties,
    }


def _result(scan: Scan, one: Finding, numbers: dict[str, int], reading: str) -> dict[str, Any]:
    rating = words.rating(one.rating(reading))
    carrier = f", which {one.bundled_in} brings along" if one.bundled_in else ""
    text = f"{words.component(one)}{harmless(carrier)}: {rating}, {words.remedy(one)}"
    result = {
        "ruleId": one.vulnerability,
        "ruleIndex": numbers[one.vulnerability],
        "level": _LEVELS.get(one.level(reading), "note"),
        "message": {"text": f"{harmless(one.vulnerability)} in {text}"},
        "locations": [_location(scan, one)],
        "partialFingerprints": {"bedplateFinding/v1": _fingerprint(scan, one)},
    }
    if one.suppression is not None:
        reason = words.suppression(one)
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _location(scan: Scan, one: Finding) -> dict[str, Any]:
    """Point at the line of the Dockerfile that brought it, else at the image."""
    path, line = (scan.dockerfile, one.line) if scan.dockerfile and one.line else ("", 1)
    uri = quote(path or scan.facts.name or "image", errors="replace")
    names = [f"{scan.facts.name}:{package.location}" for package in one.packages]
    logical = [
        {"fullyQualifiedName": harmless(name), "kind": "module"}
        for name in dict.fromkeys(names or [scan.facts.name])
    ]
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {"startLine": line},
        },
        "logicalLocations": logical[:20],
    }


def _fingerprint(scan: Scan, one: Finding) -> str:
    """Name a finding so that it is known again after an update that does not mend it."""
    key = (scan.facts.name, one.vulnerability, one.component, one.bundled_in)
    return sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()
