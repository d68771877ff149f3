"""A round of a watch, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate._version import __version__
from bedplate.reporting.harmless import harmless
from bedplate.reporting.json_text import json_text
from bedplate.reporting.vulnerability_words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.watch_report import RepositoryOutcome, WatchRound

SCHEMA = "bedplate/watch-round/1"
WATCH_FORMATS = ("terminal", "json")


def render_round(report: WatchRound, format_name: str) -> str:
    """Write a round down.

    Args:
        report: what to tell.
        format_name: one of `WATCH_FORMATS`.
    """
    if format_name == "json":
        return json_text(_document(report))
    return "\n".join(_lines(report)) + "\n"


def outcome_line(one: RepositoryOutcome) -> str:
    """Say in one line what became of a repository."""
    if one.failure:
        return f"{harmless(one.repository)}: failed: {harmless(one.failure)}"
    parts = [plural(one.images, "image"), f"{one.behind} behind"]
    parts += [f"{one.unexamined} not examined"] if one.unexamined else []
    return f"{harmless(one.repository)}: {', '.join(parts)}"


def _lines(report: WatchRound) -> Iterator[str]:
    for one in report.outcomes:
        yield outcome_line(one)
        for change in one.changes:
            url = f" {harmless(change.url)}" if change.url else ""
            yield f"  {change.status} {harmless(change.title)}{url}"
            yield from (f"    {harmless(note)}" for note in change.notes)
    for item in report.skipped:
        yield f"skipped {harmless(item.what)}: {harmless(item.reason)}"
    for item in report.undelivered:
        yield f"not told: {harmless(item.what)}: {harmless(item.reason)}"
    count = plural(len(report.outcomes), "repository").replace("repositorys", "repositories")
    failed = f", {len(report.failed)} failed" if report.failed else ""
    yield f"{count}{failed}{', stopped before the end' if report.stopped else ''}"


def _document(report: WatchRound) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "bedplate": __version__,
        "stopped": report.stopped,
        "repositories": [
            {
                "repository": one.repository,
                "images": one.images,
                "behind": one.behind,
                "unexamined": one.unexamined,
                "failure": one.failure or None,
                "changes": [
                    {
                        "status": change.status,
                        "title": change.title,
                        "url": change.url or None,
                        "notes": list(change.notes),
                    }
                    for change in one.changes
                ],
            }
            for one in report.outcomes
        ],
        "skipped": [{"what": one.what, "reason": one.reason} for one in report.skipped],
        "undelivered": [{"what": one.what, "reason": one.reason} for one in report.undelivered],
    }
