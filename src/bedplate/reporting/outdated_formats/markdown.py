"""Markdown: a table for summaries of jobs, comments and issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.markdown_text import markdown_table, markdown_text
from bedplate.reporting.outdated_words import fixes, grouped, move, refusals, summary, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.outdated_report import OutdatedReport
    from bedplate.reporting.look import Look
    from bedplate.reporting.outdated_words import Grouped

NAME = "markdown"
_PLACES = 5
_REFUSALS = 3


def write(report: OutdatedReport, _look: Look) -> str:
    """Write what is behind as a table, the rest as lists."""
    return "\n".join(_lines(report)).rstrip("\n") + "\n"


def _lines(report: OutdatedReport) -> Iterator[str]:
    yield f"**{markdown_text(summary(report))}**"
    yield ""
    behind = grouped(report.behind)
    if behind:
        titles = ("Image", "Newest", "Moves", "Effect", "Where")
        yield from markdown_table(titles, map(_cells, behind))
    stays = [one for one in grouped(report.rows) if refusals(one.row.decision.refused, 1)]
    if stays:
        yield "Refused:"
        yield ""
        for one in stays:
            name = markdown_text(one.row.reference.familiar)
            for line in refusals(one.row.decision.refused, _REFUSALS):
                yield f"- {name}: {markdown_text(line)}"
        yield ""
    for one in grouped(report.unexamined):
        name = markdown_text(one.row.reference.familiar)
        yield f"- not examined: {name}: {markdown_text(one.row.decision.failure)}"
    yield from (f"- {markdown_text(note)}" for note in report.notes)
    for item in report.skipped:
        yield f"- skipped: {markdown_text(item.what)}: {markdown_text(item.reason)}"


def _cells(one: Grouped) -> tuple[str, ...]:
    row, more = one.row, len(one.places) - _PLACES
    candidate = row.decision.candidate
    where = ", ".join(map(markdown_text, one.places[:_PLACES]))
    return (
        markdown_text(row.reference.familiar.partition("@")[0]),
        markdown_text(target(row)),
        move(candidate) if candidate else "",
        markdown_text(fixes(row.delta)),
        where + (f" and {more} more" if more > 0 else ""),
    )
