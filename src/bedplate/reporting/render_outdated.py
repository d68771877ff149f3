"""Write what is behind in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.outdated_formats import OUTDATED_FORMATS

if TYPE_CHECKING:
    from bedplate.model.outdated_report import OutdatedReport
    from bedplate.reporting.look import Look


def render_outdated(report: OutdatedReport, format_name: str, look: Look) -> str:
    """Write a report down.

    Args:
        report: what to tell.
        format_name: NAME of an entry of `OUTDATED_FORMATS`.
        look: width, colours, characters.
    """
    entry = next(entry for entry in OUTDATED_FORMATS if format_name == entry.NAME)
    return entry.write(report, look)
