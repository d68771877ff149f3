"""Write a check in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.check_formats import CHECK_FORMATS

if TYPE_CHECKING:
    from bedplate.model.check_report import CheckReport
    from bedplate.reporting.look import Look


def render_check(report: CheckReport, format_name: str, look: Look) -> str:
    """Write a report down.

    Args:
        report: what to tell.
        format_name: NAME of an entry of `CHECK_FORMATS`.
        look: width, colours, characters.
    """
    entry = next(entry for entry in CHECK_FORMATS if format_name == entry.NAME)
    return entry.write(report, look)
