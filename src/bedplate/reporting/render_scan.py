"""Write a scan report in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.scan_formats import SCAN_FORMATS

if TYPE_CHECKING:
    from bedplate.model.scan_report import ScanReport
    from bedplate.reporting.look import Look

SCAN_FORMAT_NAMES = tuple(entry.NAME for entry in SCAN_FORMATS)


def render_scan(report: ScanReport, format_name: str, look: Look) -> str:
    """Write a scan report down.

    Args:
        report: what to tell.
        format_name: one of `SCAN_FORMAT_NAMES`.
        look: width, colours, characters.
    """
    entry = next(entry for entry in SCAN_FORMATS if format_name == entry.NAME)
    return entry.scan(report, look)
