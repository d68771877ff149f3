"""JSON, for programs; every field is described in docs/lint.md. Plain ASCII."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bedplate.reporting.place import place_of

if TYPE_CHECKING:
    from bedplate.model.lint_report import LintReport
    from bedplate.model.violation import Violation
    from bedplate.reporting.look import Look

NAME = "json"
SCHEMA_VERSION = 1


def write(report: LintReport, _look: Look) -> str:
    """Write everything that is known of the violations."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "files": sorted(report.texts),
        "violations": [_violation(one, report.texts[one.path]) for one in report.violations],
        "skipped": [{"what": item.what, "reason": item.reason} for item in report.skipped],
        "known": report.known,
    }
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f") + "\n"


def _violation(one: Violation, text: str) -> dict[str, Any]:
    place = place_of(one, text)
    return {
        "rule": one.rule,
        "severity": one.severity.word,
        "message": one.message,
        "path": one.path,
        "instruction_line": one.line,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "twins": list(one.twins),
        "evidence": list(one.evidence),
        "fix": None if one.fix is None else "safe" if one.fix.safe else "unsafe",
    }
