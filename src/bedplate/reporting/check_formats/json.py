"""JSON, for programs; every field is described in docs/check.md. Plain ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.reporting.json_text import json_text

if TYPE_CHECKING:
    from bedplate.model.check_report import CheckReport, PartResult, Problem
    from bedplate.model.skipped import Skipped
    from bedplate.reporting.look import Look

NAME = "json"
SCHEMA = "bedplate/check/1"


def write(report: CheckReport, _look: Look) -> str:
    """Write everything."""
    return json_text(
        {
            "schema": SCHEMA,
            "bedplate": __version__,
            "state": str(report.state),
            "target": report.target or None,
            "policy": list(report.sources),
            "parts": [_part(part) for part in report.parts],
        }
    )


def _part(part: PartResult) -> dict[str, Any]:
    return {
        "part": str(part.part),
        "state": str(part.state),
        "looked_at": part.looked_at or None,
        "problems": [_problem(one) for one in part.problems],
        "unexamined": [_skipped(one) for one in part.unexamined],
        "skipped": [_skipped(one) for one in part.skipped],
        "notes": list(part.notes),
    }


def _problem(one: Problem) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity.word,
        "fails": one.fails,
        "path": one.path,
        "line": one.line or None,
        "message": one.message,
        "remedy": one.remedy,
        "replacement": one.replacement or None,
    }


def _skipped(one: Skipped) -> dict[str, str]:
    return {"what": one.what, "reason": one.reason}
