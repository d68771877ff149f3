"""JSON, for programs; every field is described in docs/json.md.

The output is plain ASCII, so nothing in it can act on a terminal.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bedplate.reporting.document import comparison_document, inspection_document

if TYPE_CHECKING:
    from bedplate.model.comparison import Comparison, Inspection
    from bedplate.reporting.look import Look

NAME = "json"


def inspection(report: Inspection, _look: Look) -> str:
    """Write one image down."""
    return _write(inspection_document(report))


def comparison(report: Comparison, _look: Look) -> str:
    """Write images down side by side."""
    return _write(comparison_document(report))


def _write(document: dict[str, Any]) -> str:
    import msgspec  # noqa: PLC0415 - lazy: only this format needs it

    # in two steps, since the standard library indents at a fifth of the speed; DEL is the
    # one control character that JSON lets through
    text = json.dumps(document).replace("\x7f", "\\u007f")
    return msgspec.json.format(text, indent=2)
