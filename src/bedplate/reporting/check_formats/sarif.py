"""SARIF 2.1.0, for code scanning: one run of all parts.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, sections 3.13 to 3.30; GitHub,
"SARIF support for code scanning", which takes one run of a tool and category. ASCII.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bedplate._version import __version__
from bedplate.model.check_report import State
from bedplate.model.severity import Severity
from bedplate.reporting.harmless import harmless
from bedplate.reporting.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.check_report import CheckReport, Problem
    from bedplate.reporting.look import Look

NAME = "sarif"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def write(report: CheckReport, _look: Look) -> str:
    """Write every problem; those that fail are errors."""
    rules = list(dict.fromkeys((one.rule, str(one.part)) for one in report.problems))
    numbers = {rule: number for number, (rule, _) in enumerate(rules)}
    driver = {
        "name": "bedplate",
        "version": __version__,
        "rules": [{"id": rule, "properties": {"tags": [part]}} for rule, part in rules],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "bedplate/check/"},
        "invocations": [
            {
                "executionSuccessful": report.state is not State.UNKNOWN,
                "toolExecutionNotifications": list(_notifications(report)),
            }
        ],
        "results": [_result(one, numbers) for one in report.problems],
    }
    return json_text(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        }
    )


def _notifications(report: CheckReport) -> Iterator[dict[str, Any]]:
    for part in report.parts:
        texts = [("error", f"not examined {x.what}: {x.reason}") for x in part.unexamined]
        texts += [("warning", f"skipped {x.what}: {x.reason}") for x in part.skipped]
        texts += [("note", note) for note in part.notes]
        for level, text in texts:
            yield {"level": level, "message": {"text": f"{part.part}: {harmless(text)}"}}


def _result(one: Problem, numbers: dict[str, int]) -> dict[str, Any]:
    uri = quote(one.path, errors="surrogateescape")
    return {
        "ruleId": one.rule,
        "ruleIndex": numbers[one.rule],
        "level": "error" if one.fails else _LEVELS.get(one.severity, "note"),
        "message": {"text": f"{harmless(one.message)}. Fix: {harmless(one.remedy)}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri},
                    "region": {"startLine": one.line or 1},
                }
            }
        ],
    }
