"""Times of documents, taken from what they tell of: the same input gives the same text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.scan_report import ScanReport

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def scan_moment(report: ScanReport) -> datetime:
    """Give the time of which a scan report is true: when its newest advisories were gathered."""
    built = (_read(store.built) for scan in report.scans for store in scan.stores)
    images = (facts_moment(scan.facts) for scan in report.scans)
    newest = max((found for found in built if found is not None), default=None)
    return newest or max(images, default=_EPOCH)


def facts_moment(facts: BaseFacts) -> datetime:
    """Give the time at which an image was made, or on which its facts were true."""
    return _read(facts.created or "") or _read(facts.observed) or _EPOCH


def utc_text(moment: datetime) -> str:
    """Write a time as `2026-11-27T08:00:00Z`."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _read(text: str) -> datetime | None:
    """Read an ISO date or time, which counts as UTC when it does not say."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
