"""Annotations of GitHub Actions: workflow commands on standard output.

Source: GitHub Actions, "Workflow commands", error, warning and notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.severity import Severity
from bedplate.reporting.check_words import verdict
from bedplate.reporting.workflow_command import workflow_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.check_report import CheckReport, Problem
    from bedplate.reporting.look import Look

NAME = "github"


def write(report: CheckReport, _look: Look) -> str:
    """Write one command a problem, one for what was not examined, and the answer."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: CheckReport) -> Iterator[str]:
    yield from map(_line, report.problems)
    for part in report.parts:
        for item in part.unexamined:
            text = f"not examined: {item.what}: {item.reason}"
            yield workflow_command("warning", text, title=f"bedplate {part.part}")
    yield workflow_command("notice", verdict(report), title="bedplate check")


def _line(one: Problem) -> str:
    command = "warning" if one.severity >= Severity.WARNING else "notice"
    place = {"file": one.path, "line": str(one.line)} if one.line else {}
    text = f"{one.message}\nfix: {one.remedy}"
    return workflow_command("error" if one.fails else command, text, **place, title=one.rule)
