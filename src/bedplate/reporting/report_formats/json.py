"""JSON, for programs; every field is described in docs/json.md.

The output is plain ASCII, so nothing in it can act on a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.document import comparison_document, inspection_document
from bedplate.reporting.json_text import json_text

if TYPE_CHECKING:
    from bedplate.model.comparison import Comparison, Inspection
    from bedplate.reporting.look import Look

NAME = "json"


def inspection(report: Inspection, _look: Look) -> str:
    """Write one image down."""
    return json_text(inspection_document(report))


def comparison(report: Comparison, _look: Look) -> str:
    """Write images down side by side."""
    return json_text(comparison_document(report))
