"""Annotations of GitHub Actions: workflow commands on standard output.

Source: GitHub Actions, "Workflow commands", error, warning and notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.place import place_of
from bedplate.reporting.workflow_command import workflow_command

if TYPE_CHECKING:
    from bedplate.model.lint_report import LintReport
    from bedplate.model.violation import Violation
    from bedplate.reporting.look import Look

NAME = "github"
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice", "style": "notice"}


def write(report: LintReport, _look: Look) -> str:
    """Write one command a violation, and one for each file that was skipped."""
    lines = [_line(one, report.texts[one.path]) for one in report.violations]
    lines += [
        workflow_command("warning", f"skipped: {item.reason}", file=item.what)
        for item in report.skipped
    ]
    return "".join(f"{line}\n" for line in lines)


def _line(one: Violation, text: str) -> str:
    place = place_of(one, text)
    fields = {"line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:  # columns count only then
        fields |= {"col": place.column, "endColumn": place.end_column}
    numbers = {name: str(number) for name, number in fields.items()}
    command = _COMMANDS[one.severity.word]
    return workflow_command(command, one.message, file=one.path, **numbers, title=one.rule)
