"""Write a report in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.comparison import Comparison, Inspection
from bedplate.reporting.report_formats import REPORT_FORMATS

if TYPE_CHECKING:
    from bedplate.reporting.look import Look

FORMAT_NAMES = tuple(entry.NAME for entry in REPORT_FORMATS)


def render(report: Inspection | Comparison, format_name: str, look: Look) -> str:
    """Write a report down.

    Args:
        report: what to tell.
        format_name: one of `FORMAT_NAMES`.
        look: width, colours, characters.
    """
    entry = next(entry for entry in REPORT_FORMATS if format_name == entry.NAME)
    if isinstance(report, Inspection):
        return entry.inspection(report, look)
    return entry.comparison(report, look)
