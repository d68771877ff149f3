"""The text of the dashboard: equal states give equal texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.update_report import GroupStatus
from bedplate.reporting.markdown_text import markdown_text
from bedplate.reporting.outdated_words import grouped, refusals, summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.update_report import GroupOutcome, UpdateReport

# opened, refreshed and unchanged say the same: it is open
_SECTIONS = {
    "Open": (GroupStatus.CREATED, GroupStatus.UPDATED, GroupStatus.UNCHANGED, GroupStatus.KEPT),
    "Waiting": (GroupStatus.WAITING,),
    "Closed by somebody": (GroupStatus.DECLINED,),
    "Failed": (GroupStatus.FAILED,),
}
_MOST = 200


def dashboard_body(report: UpdateReport) -> str:
    """Write the text, as Markdown, without a marker."""
    lines = [markdown_text(summary(report.outdated)), ""]
    for title, statuses in _SECTIONS.items():
        lines += _section(title, [one for one in report.groups if one.status in statuses])
    refused = [
        f"{markdown_text(one.row.reference.familiar)}: {markdown_text(line)}"
        for one in grouped(report.outdated.rows)
        for line in refusals(one.row.decision.refused, 3)
    ]
    lines += _list("Refused", refused)
    unread = (*report.not_edited, *report.outdated.skipped)
    lines += _list("Skipped", [markdown_text(f"{one.what}: {one.reason}") for one in unread])
    failed = grouped(report.outdated.unexamined)
    said = (f"{one.row.reference.familiar}: {one.row.decision.failure}" for one in failed)
    lines += _list("Not examined", [markdown_text(line) for line in said])
    return "\n".join(lines)


def _section(title: str, outcomes: list[GroupOutcome]) -> Iterator[str]:
    rows = []
    for one in outcomes:
        url = f" {one.url}" if one.url else ""
        why = f" ({markdown_text('; '.join(one.notes))})" if one.notes else ""
        rows.append(f"{markdown_text(one.group.title)}{url}{why}")
    return _list(title, rows)


def _list(title: str, rows: list[str]) -> Iterator[str]:
    if not rows:
        return
    yield f"### {title}"
    yield ""
    yield from (f"- {row}" for row in rows[:_MOST])
    if len(rows) > _MOST:
        yield f"- and {len(rows) - _MOST} more"
    yield ""
