"""Markdown: for summaries of jobs and comments in change requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.check_report import State
from bedplate.reporting.check_words import part_line, verdict
from bedplate.reporting.markdown_text import markdown_table, markdown_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.check_report import CheckReport, Problem
    from bedplate.reporting.look import Look

NAME = "markdown"
_SIGNS = {State.PASSED: "🟢", State.FAILED: "🔴", State.UNKNOWN: "🟡", State.OFF: "⚪"}
_MOST = 100  # forges cut long comments


def write(report: CheckReport, _look: Look) -> str:
    """Write the answer, a table of parts, and one of what to fix."""
    return "\n".join(_lines(report)).rstrip("\n") + "\n"


def _lines(report: CheckReport) -> Iterator[str]:
    yield f"### {_SIGNS[report.state]} bedplate check: {markdown_text(verdict(report))}"
    yield ""
    rows = [
        (f"{_SIGNS[part.state]} {part.part}", str(part.state), markdown_text(part_line(part)))
        for part in report.parts
    ]
    yield from markdown_table(("Part", "State", "What"), rows)
    failing = [one for one in report.problems if one.fails]
    if failing:
        yield from markdown_table(("Where", "What is wrong", "Fix"), map(_cells, failing[:_MOST]))
    if len(failing) > _MOST:
        yield f"And {len(failing) - _MOST} more."
        yield ""
    for part in report.parts:
        for item in part.unexamined[:_MOST]:
            what, reason = markdown_text(item.what), markdown_text(item.reason)
            yield f"- {part.part}, not examined: {what}: {reason}"


def _cells(one: Problem) -> tuple[str, str, str]:
    what = f"**{one.rule}** {markdown_text(one.message)}"
    return markdown_text(one.place), what, markdown_text(one.remedy)
