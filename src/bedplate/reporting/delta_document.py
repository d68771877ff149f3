"""A delta as plain values, for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.comparison import PackageChange
    from bedplate.model.delta import ImageDelta, SizeChange, VulnerabilityChange
    from bedplate.model.finding import Finding
    from bedplate.model.vulnerability_counts import VulnerabilityCounts


def delta_document(delta: ImageDelta) -> dict[str, Any]:
    """Write a delta; the fields are described in docs/update.md."""
    packages = delta.packages
    return {
        "platform": delta.platform or None,
        "compressed": _sizes(delta.compressed),
        "on_disk": _sizes(delta.on_disk),
        "facts": {
            one.fact: {"before": one.before, "after": one.after}
            for one in delta.changes
            if one.differs
        },
        "packages": None
        if packages is None
        else {
            "added": _changes(packages.added),
            "removed": _changes(packages.removed),
            "changed": _changes(packages.changed),
            "same": packages.same,
        },
        "vulnerabilities": None
        if delta.vulnerabilities is None
        else _vulnerabilities(delta.vulnerabilities),
        "end_of_life": [
            {"product": one.product, "cycle": one.cycle, "date": one.date or None}
            for one in delta.end_of_life
        ],
        "source": delta.source or None,
        "revision": delta.revision or None,
    }


def _sizes(change: SizeChange) -> dict[str, int | None]:
    return {"before": change.before, "after": change.after}


def _changes(changes: Iterable[PackageChange]) -> list[dict[str, Any]]:
    return [
        {"type": one.type, "name": one.name, "before": list(one.before), "after": list(one.after)}
        for one in changes
    ]


def _vulnerabilities(change: VulnerabilityChange) -> dict[str, Any]:
    parts = {
        "fixed": (change.fixed, change.fixed_counts),
        "new": (change.new, change.new_counts),
        "remaining": (change.remaining, change.remaining_counts),
    }
    return {
        "as_of": change.as_of or None,
        **{
            name: {"counts": _counts(counts), "findings": _findings(findings)}
            for name, (findings, counts) in parts.items()
        },
    }


def _counts(counts: VulnerabilityCounts) -> dict[str, Any]:
    return {
        reading: {
            one.level.word: {"fixable": one.fixable, "unfixable": one.unfixable}
            for one in counts.reading(reading)
            if one.total
        }
        for reading in ("vendor", "cvss")
    }


def _findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.vulnerability,
            "component": one.component,
            "version": one.version,
            "vendor": one.level("vendor").word,
            "cvss": one.level("cvss").word,
            "fixed": list(one.fixed),
        }
        for one in findings
    ]
