"""JSON, for programs; every field is described in docs/json.md. Plain ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.json_text import json_text
from bedplate.reporting.scan_document import scan_document

if TYPE_CHECKING:
    from bedplate.model.scan_report import ScanReport
    from bedplate.reporting.look import Look

NAME = "json"


def scan(report: ScanReport, look: Look) -> str:
    """Write everything that is known of the findings."""
    return json_text(scan_document(report, look))
