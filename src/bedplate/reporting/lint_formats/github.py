"""Annotations of GitHub Actions: workflow commands on standard output.

Source: GitHub Actions, "Workflow commands", error, warning and notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless
from bedplate.reporting.place import place_of

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
        f"::warning file={_property(item.what)}::skipped: {_data(item.reason)}"
        for item in report.skipped
    ]
    return "".join(f"{line}\n" for line in lines)


def _line(one: Violation, text: str) -> str:
    place = place_of(one, text)
    command = _COMMANDS[one.severity.word]
    fields = f"file={_property(one.path)},line={place.line},endLine={place.end_line}"
    if place.line == place.end_line:  # columns count only then
        fields += f",col={place.column},endColumn={place.end_column}"
    return f"::{command} {fields},title={one.rule}::{_data(one.message)}"


def _data(text: str) -> str:
    return harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
