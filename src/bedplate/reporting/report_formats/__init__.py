"""The report formats; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.report_formats import json, markdown, terminal

if TYPE_CHECKING:
    from bedplate.reporting.report_format import ReportFormat

REPORT_FORMATS: tuple[ReportFormat, ...] = (terminal, json, markdown)
