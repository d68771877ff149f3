"""CycloneDX 1.6 with vulnerabilities, JSON.

Source: CycloneDX specification 1.6, "vulnerabilities".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.model.advisory import Status
from bedplate.model.rating import Level
from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.content_id import UniqueNames
from bedplate.reporting.cyclonedx_bom import bom, image_components, properties
from bedplate.reporting.json_text import json_text
from bedplate.reporting.moment import scan_moment
from bedplate.reporting.package_order import key_of, with_found
from bedplate.reporting.risk import by_risk, named_suppressed
from bedplate.reporting.scan_sections import NOTHING, unseen

if TYPE_CHECKING:
    from bedplate.model.finding import Finding
    from bedplate.model.rating import Rating
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.reporting.cyclonedx_bom import ImageComponents
    from bedplate.reporting.look import Look

NAME = "cyclonedx"
_METHODS = (
    ("CVSS:4.", "CVSSv4"),
    ("CVSS:3.1", "CVSSv31"),
    ("CVSS:3.0", "CVSSv3"),
    ("AV:", "CVSSv2"),
)
_CLEARING = ("vex", "policy")


def scan(report: ScanReport, look: Look) -> str:
    """Write one BOM: the image and its parts, or several images as components with parts."""
    names = UniqueNames()
    vulnerabilities: list[dict[str, Any]] = []
    images: list[ImageComponents] = []
    for one in report.scans:
        findings = by_risk((*one.findings, *named_suppressed(one, look)), report.reading)
        image = image_components(one.facts, with_found(one.facts.packages, findings), names)
        images.append(image)
        vulnerabilities += (_vulnerability(finding, image, names) for finding in findings)
    alone = images[0].image if len(images) == 1 else None
    components = (
        images[0].parts
        if alone is not None
        else [{**image.image, "components": image.parts} for image in images]
    )
    content = {
        "components": components,
        "dependencies": [image.dependency for image in images],
        "vulnerabilities": vulnerabilities,
        **properties(pair for one in report.scans for pair in _notes(one)),
    }
    return json_text(bom(content, alone, scan_moment(report)))


def _notes(one: Scan) -> list[tuple[str, str]]:
    notes = [("store", f"{store.name} as of {store.as_of}") for store in one.stores]
    if not one.examined:
        notes.append(("result", NOTHING))
    return notes + [("not_examined", f"{what}: {why}") for what, why in unseen(one)]


def _vulnerability(one: Finding, image: ImageComponents, names: UniqueNames) -> dict[str, Any]:
    refs = [image.refs[key_of(package)] for package in one.packages] or [image.image["bom-ref"]]
    witness = one.witnesses[0].feed if one.witnesses else ""
    found: dict[str, Any] = {
        "bom-ref": names.claim(f"{one.vulnerability}:{one.component}@{one.version}"),
        "id": one.vulnerability,
        "source": _source(one.vulnerability, witness),
        "ratings": _ratings(one),
        "affects": [{"ref": ref} for ref in dict.fromkeys(refs)],
    }
    if one.aliases:
        found["references"] = [
            {"id": name, "source": _source(name, "")} for name in dict.fromkeys(one.aliases)
        ]
    if one.summary:
        found["description"] = one.summary
    if one.fixed:
        found["recommendation"] = f"Update {one.component} to {', '.join(one.fixed)}"
    analysis = _analysis(one)
    if analysis:
        found["analysis"] = analysis
    pairs = (
        ("status", one.status.value),
        ("epss", one.epss),
        ("kev", one.kev),
        ("origin", one.origin),
        ("layer", one.layer),
        ("line", one.line),
        ("bundled_in", one.bundled_in),
        ("confidence", one.confidence),
    )
    return {**found, **properties(pairs)}


def _source(name: str, feed: str) -> dict[str, str]:
    source = {"url": words.address(name)}
    return {"name": feed, **source} if feed else source


def _ratings(one: Finding) -> list[dict[str, Any]]:
    """Write every statement; those that count under the readings first."""
    counted = [rating for rating in (one.vendor, one.cvss) if rating is not None]
    return [_rating(rating) for rating in dict.fromkeys((*counted, *one.ratings))]


def _rating(rating: Rating) -> dict[str, Any]:
    severity = "info" if rating.level is Level.NEGLIGIBLE else rating.level.word
    found: dict[str, Any] = {"source": {"name": rating.source}, "severity": severity}
    if rating.score is not None:
        found["score"] = rating.score
        starts = (name for prefix, name in _METHODS if rating.vector.startswith(prefix))
        found["method"] = next(starts, "other")
    if rating.vector:
        found["vector"] = rating.vector
    return found


def _analysis(one: Finding) -> dict[str, Any]:
    """Say what is known beyond the match: who clears it, who will not mend it."""
    if one.suppression is not None:
        detail = {"detail": words.suppression(one)}
        return {"state": "not_affected", **detail} if one.suppression.by in _CLEARING else detail
    if one.status is Status.NOT_AFFECTED:
        return {"state": "not_affected"}
    if one.status is Status.UNDER_INVESTIGATION:
        return {"state": "in_triage"}
    if one.fixed:
        return {"response": ["update"]}
    if one.status is Status.WILL_NOT_FIX:
        return {"response": ["will_not_fix"]}
    return {"detail": words.state(one)}
