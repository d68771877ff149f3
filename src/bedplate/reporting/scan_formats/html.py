"""One HTML page that needs nothing else: charts, a filter, dark and light, fit to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.scan_report import ScanReport
    from bedplate.reporting.look import Look

NAME = "html"


def scan(report: ScanReport, look: Look) -> str:
    """Write the page."""
    from bedplate.reporting.html_scan import write_page  # noqa: PLC0415 - lazy: reads files

    return write_page(report, look)
