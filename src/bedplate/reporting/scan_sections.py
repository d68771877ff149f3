"""What every format for people says of a scan, in the same order and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.facts_words import packages_by_type
from bedplate.reporting.harmless import harmless
from bedplate.reporting.risk import counts_of
from bedplate.reporting.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.model.skipped import Skipped

NOTHING = "unknown: nothing was recognised that advisories could be held against"
_INVENTORIES = {
    "layers": "read from the layers",
    "attestation": "from the SBOM that the builder attested",
    "sbom": "from the SBOM given",
    "catalog": "from the catalog",
}


def summary(scan: Scan, report: ScanReport) -> list[tuple[str, str]]:
    """Give the counts of an image as rows of label and value, what matters first."""
    counts = counts_of(scan)
    rows = []
    if scan.examined:
        first, second = ("cvss", "vendor") if report.reading == "cvss" else ("vendor", "cvss")
        rows += [(words.READINGS[name], words.rated(counts, name)) for name in (first, second)]
        rows.append(("fixable", _fixable(scan, report)))
        if any(one.origin for one in scan.findings):
            rows.append(("brought by", words.origins(scan.findings)))
    else:
        rows.append(("result", NOTHING))
    exploited = sum(1 for one in scan.findings if one.kev)
    if exploited:
        rows.append(("exploited", f"{words.plural(exploited, 'finding')} in the KEV catalog"))
    rows.append(("advisories", words.advisories(scan, report)))
    rows.append(("packages", _packages(scan)))
    return rows


def _fixable(scan: Scan, report: ScanReport) -> str:
    counts = counts_of(scan)
    fixable = words.fixable_levels(counts, report.reading)
    return f"{words.fixable(counts)}{f': {fixable}' if fixable else ''}"


def _packages(scan: Scan) -> str:
    source = _INVENTORIES.get(scan.inventory, harmless(scan.inventory) or UNKNOWN)
    return f"{packages_by_type(scan.facts)}; {source}"


def unseen(scan: Scan) -> list[tuple[str, str]]:
    """List what could not be seen: without advisories, and unreadable."""
    return [*_pairs(scan.unmatched), *_pairs(dict.fromkeys((*scan.skipped, *scan.facts.skipped)))]


def _pairs(found: Iterable[Skipped]) -> Iterator[tuple[str, str]]:
    return ((harmless(item.what), harmless(item.reason)) for item in found)


def verdict(report: ScanReport) -> list[str]:
    """Write the answer of the gates; nothing when none was asked."""
    reasons = [harmless(reason) for reason in report.verdict.reasons]
    if report.verdict.failed:
        return [f"failed: {reason}" for reason in reasons] or ["failed"]
    return [f"passed: {reason}" for reason in reasons]
