"""What matters first: findings in the order of their risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.vulnerability_counts import VulnerabilityCounts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan


def by_risk(findings: Iterable[Finding], reading: str) -> list[Finding]:
    """Sort findings: exploited ones, then by level, likelihood, whether a fix exists, and id.

    Args:
        findings: in any order; the result does not depend on it.
        reading: whose level counts, `vendor` or `cvss`.
    """
    return sorted(
        findings,
        key=lambda one: (
            not one.kev,
            -one.level(reading),
            -(one.epss or 0.0),
            not one.fixable,
            one.vulnerability,
            one.component,
            one.version,
            one.bundled_in,
            tuple((package.name, package.location) for package in one.packages),
        ),
    )


def counts_of(scan: Scan) -> VulnerabilityCounts:
    """Count the findings of a scan under both readings."""
    return VulnerabilityCounts.of(
        scan.findings,
        as_of=min((store.as_of for store in scan.stores if store.as_of), default=""),
        suppressed=len(scan.suppressed),
        unmatched=len(scan.unmatched),
    )
