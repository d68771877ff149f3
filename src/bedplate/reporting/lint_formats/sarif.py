"""SARIF 2.1.0, for code scanning.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 to 3.30. ASCII.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bedplate._version import __version__
from bedplate.reporting.place import place_of

if TYPE_CHECKING:
    from bedplate.model.lint_report import LintReport, RuleSummary
    from bedplate.model.violation import Violation
    from bedplate.reporting.look import Look

NAME = "sarif"
_LEVELS = {"error": "error", "warning": "warning", "info": "note", "style": "note"}


def write(report: LintReport, _look: Look) -> str:
    """Write one run with its rules and results."""
    numbers = {rule.id: number for number, rule in enumerate(report.rules)}
    results = [_result(one, report.texts[one.path], numbers) for one in report.violations]
    driver = {
        "name": "bedplate",
        "version": __version__,
        "rules": [_rule(rule) for rule in report.rules],
    }
    notes = [
        {"level": "warning", "message": {"text": f"skipped {item.what}: {item.reason}"}}
        for item in report.skipped
    ]
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
                "results": results,
            }
        ],
    }
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f") + "\n"


def _rule(rule: RuleSummary) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": _LEVELS[rule.severity.word]},
        "properties": {"tags": list(rule.twins)},
    }


def _result(one: Violation, text: str, numbers: dict[str, int]) -> dict[str, Any]:
    place = place_of(one, text)
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {
        "ruleId": one.rule,
        "ruleIndex": numbers[one.rule],
        "level": _LEVELS[one.severity.word],
        "message": {"text": one.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(one.path, errors="surrogateescape")},
                    "region": region,
                }
            }
        ],
    }
