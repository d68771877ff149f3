"""A terminal, of any width, with colours or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.scan_report import ScanReport
    from bedplate.reporting.look import Look

NAME = "terminal"


def scan(report: ScanReport, look: Look) -> str:
    """Draw every image: counts, what could not be seen, findings."""
    from bedplate.reporting.terminal_scan import draw_scan  # noqa: PLC0415 - lazy: loads rich

    return draw_scan(report, look)
