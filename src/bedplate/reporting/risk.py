"""What matters first: findings in the order of their risk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bedplate.model.vulnerability_counts import VulnerabilityCounts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan
    from bedplate.reporting.look import Look


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


def named_suppressed(scan: Scan, look: Look) -> tuple[Finding, ...]:
    """Give the findings that do not count and are named all the same.

    What somebody has decided on is always named; what our own policy leaves out (thousands,
    where kernel headers are installed) is counted, and named only when asked for.
    """
    return tuple(
        one
        for one in scan.suppressed
        if look.suppressed or one.suppression is None or one.suppression.by != "policy"
    )


def suppressed_by(findings: Iterable[Finding]) -> list[tuple[tuple[str, str], int]]:
    """Count what does not count by who says so and why, the most frequent first."""
    counts = Counter(
        (one.suppression.by, one.suppression.reason) for one in findings if one.suppression
    )
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def counts_of(scan: Scan) -> VulnerabilityCounts:
    """Count the findings of a scan under both readings."""
    return VulnerabilityCounts.of(
        scan.findings,
        as_of=min((store.as_of for store in scan.advisories if store.as_of), default=""),
        suppressed=len(scan.suppressed),
        unmatched=len(scan.unmatched),
    )
