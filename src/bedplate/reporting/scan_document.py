"""A scan report as plain values: what the JSON format writes. Described in docs/json.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.reporting.risk import by_risk, counts_of, named_suppressed, suppressed_by

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.finding import Finding, Witness
    from bedplate.model.package import Package
    from bedplate.model.rating import Rating
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.model.store_manifest import StoreManifest
    from bedplate.model.vulnerability_counts import LevelCount, VulnerabilityCounts
    from bedplate.reporting.look import Look

SCAN_SCHEMA = "bedplate/scan/1"
_IDENTITY = (
    "name",
    "reference",
    "origin",
    "observed",
    "platform",
    "index_digest",
    "manifest_digest",
    "config_digest",
    "created",
)


def scan_document(report: ScanReport, look: Look) -> dict[str, Any]:
    """Give a report as plain values."""
    return {
        "schema": SCAN_SCHEMA,
        "bedplate": __version__,
        "reading": report.reading,
        "verdict": asdict(report.verdict),
        "scans": [_scan(scan, report.reading, look) for scan in report.scans],
    }


def counts_document(counts: VulnerabilityCounts | None) -> dict[str, Any] | None:
    """Give counts by reading and level; None when not known."""
    if counts is None:
        return None
    return {
        "total": counts.total,
        "fixable": counts.fixable,
        "vendor": _levels(counts.vendor),
        "cvss": _levels(counts.cvss),
        "vendor_sources": counts.vendor_sources,
        "cvss_sources": counts.cvss_sources,
        "as_of": counts.as_of,
        "suppressed": counts.suppressed,
        "unmatched": counts.unmatched,
    }


def _levels(counts: tuple[LevelCount, ...]) -> dict[str, dict[str, int]]:
    return {one.level.word: {"fixable": one.fixable, "unfixable": one.unfixable} for one in counts}


def _scan(scan: Scan, reading: str, look: Look) -> dict[str, Any]:
    return {
        "image": _image(scan.facts),
        "stage": scan.stage,
        "inventory": scan.inventory,
        "examined": scan.examined,
        "counts": counts_document(counts_of(scan) if scan.examined else None),
        "findings": [_finding(one) for one in by_risk(scan.findings, reading)],
        "suppressed": [_finding(one) for one in by_risk(named_suppressed(scan, look), reading)],
        "suppressed_by": [
            {"by": by, "reason": reason, "count": count}
            for (by, reason), count in suppressed_by(scan.suppressed)
        ],
        "stores": [_store(store) for store in scan.stores],
        "unmatched": [asdict(item) for item in scan.unmatched],
        "warnings": scan.warnings,
        "skipped": [asdict(item) for item in scan.skipped],
        "dockerfile": scan.dockerfile,
    }


def _store(store: StoreManifest) -> dict[str, Any]:
    sources = [{**asdict(source), "left_out": dict(source.left_out)} for source in store.sources]
    return {**asdict(store), "as_of": store.as_of, "sources": sources}


def _image(facts: BaseFacts) -> dict[str, Any]:
    """Say which image it is; what is in it `inspect` and `sbom` tell."""
    document: dict[str, Any] = {name: getattr(facts, name) for name in _IDENTITY}
    document["distro"] = None if facts.distro is None else asdict(facts.distro)
    document["packages"] = None if facts.packages is None else len(facts.packages)
    return document


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "vulnerability": one.vulnerability,
        "aliases": one.aliases,
        "component": one.component,
        "version": one.version,
        "packages": [_package(package) for package in one.packages],
        "status": one.status.value,
        "fixable": one.fixable,
        "fixed": one.fixed,
        "fix_date": one.fix_date,
        "vendor": _rating(one.vendor),
        "cvss": _rating(one.cvss),
        "ratings": [_rating(rating) for rating in one.ratings],
        "epss": one.epss,
        "epss_percentile": one.epss_percentile,
        "kev": one.kev,
        "confidence": one.confidence,
        "witnesses": [_witness(witness) for witness in one.witnesses],
        "origin": one.origin,
        "layer": one.layer,
        "created_by": one.created_by,
        "line": one.line,
        "bundled_in": one.bundled_in,
        "summary": one.summary,
        "suppression": None if one.suppression is None else asdict(one.suppression),
    }


def _package(package: Package) -> dict[str, Any]:
    return {
        "type": package.type,
        "name": package.name,
        "version": package.version,
        "architecture": package.architecture,
        "purl": package.purl,
        "location": package.location,
        "layer": package.layer,
    }


def _witness(one: Witness) -> dict[str, Any]:
    return {
        "advisory": one.advisory,
        "feed": one.feed,
        "namespace": one.namespace,
        "name": one.name,
        "status": one.status.value,
        "fixed": one.fixed,
        "ranges": one.ranges,
        "confidence": one.confidence,
        "note": one.note,
    }


def _rating(rating: Rating | None) -> dict[str, Any] | None:
    if rating is None:
        return None
    return {
        "source": rating.source,
        "level": rating.level.word,
        "score": rating.score,
        "vector": rating.vector,
    }
