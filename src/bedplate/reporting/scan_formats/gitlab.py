"""GitLab's container scanning report.

Source: GitLab security report schemas 15.0, container-scanning-report-format.json. ASCII.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.model.rating import Level
from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.content_id import content_uuid
from bedplate.reporting.facts_words import distro
from bedplate.reporting.harmless import harmless
from bedplate.reporting.json_text import json_text
from bedplate.reporting.moment import scan_moment
from bedplate.reporting.risk import by_risk
from bedplate.reporting.scan_sections import NOTHING, unseen
from bedplate.reporting.words import listed

if TYPE_CHECKING:
    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.reporting.look import Look

NAME = "gitlab"
_SCHEMA = "15.0.7"
_SEVERITIES = {
    Level.CRITICAL: "Critical",
    Level.HIGH: "High",
    Level.MEDIUM: "Medium",
    Level.LOW: "Low",
    Level.NEGLIGIBLE: "Info",
    Level.UNKNOWN: "Unknown",
}


def scan(report: ScanReport, _look: Look) -> str:
    """Write the findings that count; what could not be seen is a message of the scan."""
    moment = f"{scan_moment(report):%Y-%m-%dT%H:%M:%S}"
    vendor = {"name": "bedplate"}
    tool = {"id": "bedplate", "name": "bedplate", "version": __version__, "vendor": vendor}
    examined = all(one.examined for one in report.scans)
    return json_text(
        {
            "version": _SCHEMA,
            "scan": {
                "analyzer": tool,
                "scanner": tool,
                "type": "container_scanning",
                "start_time": moment,
                "end_time": moment,
                "status": "success" if examined else "failure",
                "messages": _messages(report),
            },
            "vulnerabilities": [
                _vulnerability(one, finding, report.reading)
                for one in report.scans
                for finding in by_risk(one.findings, report.reading)
            ],
        }
    )


def _messages(report: ScanReport) -> list[dict[str, str]]:
    messages = []
    for one in report.scans:
        title = words.image_title(one)
        if not one.examined:
            messages.append({"level": "fatal", "value": f"{title}: {NOTHING}"})
        notes = [*map(harmless, one.warnings), *(f"{what}: {why}" for what, why in unseen(one))]
        messages += [{"level": "warn", "value": f"{title}: {note}"} for note in notes]
    return messages


def _vulnerability(scan: Scan, one: Finding, reading: str) -> dict[str, Any]:
    image = scan.facts.reference or scan.facts.name or "image"
    key = [image, one.vulnerability, one.component, one.version, one.bundled_in]
    key += sorted(package.location for package in one.packages)
    found: dict[str, Any] = {
        "id": str(content_uuid(key)),
        "name": f"{one.vulnerability} in {one.component}"[:255],
        "description": (one.summary or one.vulnerability)[:10_000],
        "severity": _SEVERITIES[one.level(reading)],
        "solution": _solution(one),
        "identifiers": [_identifier(name) for name in (one.vulnerability, *one.aliases)],
        "links": [{"url": words.address(one.vulnerability)}],
        "location": {
            "dependency": {"package": {"name": one.component}, "version": one.version},
            "operating_system": distro(scan.facts),
            "image": image,
        },
        "details": {
            title: {"type": "text", "name": title, "value": value}
            for title, value in _details(one)
            if value
        },
    }
    return found


def _details(one: Finding) -> list[tuple[str, str]]:
    return [
        ("Rated by vendor", words.rating(one.vendor)),
        ("Rated by CVSS", words.rating(one.cvss)),
        ("Packages", ", ".join(sorted({package.name for package in one.packages}))),
        ("State", words.state(one)),
        ("Comes from", one.origin),
        ("Bundled in", one.bundled_in),
    ]


def _solution(one: Finding) -> str:
    if one.fixed:
        return f"Update {harmless(one.component)} to {listed(one.fixed)}"[:7000]
    return f"None now: {words.state(one)}"


def _identifier(name: str) -> dict[str, str]:
    kind = "cve" if name.startswith("CVE-") else "ghsa" if name.startswith("GHSA-") else "osv"
    return {"type": kind, "name": name, "value": name, "url": words.address(name)}
