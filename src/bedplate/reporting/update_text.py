"""What became of an update, for people, for programs, and as a patch."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bedplate.reporting.harmless import harmless, without_surrogates
from bedplate.reporting.outdated_formats import json as outdated_json
from bedplate.reporting.outdated_words import grouped, move, summary, target
from bedplate.reporting.render_outdated import render_outdated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.skipped import Skipped
    from bedplate.model.update_report import GroupOutcome, UpdateReport
    from bedplate.reporting.look import Look

SCHEMA = "bedplate/update/1"
UPDATE_FORMATS = ("terminal", "json", "markdown")


def render_update(report: UpdateReport, format_name: str, look: Look) -> str:
    """Write a report down.

    Args:
        report: what to tell.
        format_name: one of `UPDATE_FORMATS`.
        look: width, colours, characters.
    """
    if format_name == "json":
        return json.dumps(_document(report, look), indent=2) + "\n"
    if format_name == "markdown":
        lines = [f"- {line}" for line in _lines(report)]
        return render_outdated(report.outdated, format_name, look) + "\n".join(["", *lines]) + "\n"
    return "\n".join(_lines(report)) + "\n"


def _lines(report: UpdateReport) -> Iterator[str]:
    for outcome in report.groups:
        yield from _group(outcome)
    for word, items in (("not edited", report.not_edited), ("not written", report.failed)):
        yield from (f"{word} {harmless(one.what)}: {harmless(one.reason)}" for one in items)
    yield from (f"closed {harmless(url)}: no longer needed" for url in report.closed)
    yield from (f"stays {harmless(one.what)}: {harmless(one.reason)}" for one in report.kept)
    if report.dashboard:
        yield f"dashboard {harmless(report.dashboard)}"
    for each in grouped(report.outdated.unexamined):
        name = harmless(each.row.reference.familiar)
        yield f"not examined {name}: {harmless(each.row.decision.failure)}"
    yield from (
        f"skipped {harmless(s.what)}: {harmless(s.reason)}" for s in report.outdated.skipped
    )
    yield f"{summary(report.outdated)}{_files(report)}"


def _group(outcome: GroupOutcome) -> Iterator[str]:
    what = outcome.url or outcome.commit[:12]
    title = harmless(outcome.group.title)
    yield f"{outcome.status}  {title}  {harmless(what)}".rstrip()
    for one in grouped(outcome.group.rows):
        row, candidate = one.row, one.row.decision.candidate
        moves = move(candidate) if candidate else ""
        name = harmless(row.reference.familiar.partition("@")[0])
        yield f"  {name} -> {harmless(target(row))}  {moves}  {harmless(', '.join(one.places[:3]))}"
    yield from (f"  {harmless(note)}" for note in outcome.notes)


def _files(report: UpdateReport) -> str:
    count = len(report.changed) - len(report.failed)
    if not report.changed:
        return ""
    word = "written" if report.written else "would be written"
    return f"; {count} file{'' if count == 1 else 's'} {word}"


def _document(report: UpdateReport, look: Look) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "groups": [
            {
                "group": without_surrogates(one.group.key),
                "branch": one.group.branch,
                "title": without_surrogates(one.group.title),
                "status": str(one.status),
                "url": one.url or None,
                "commit": one.commit or None,
                "notes": [without_surrogates(note) for note in one.notes],
                "places": [
                    {
                        "path": without_surrogates(row.path),
                        "line": row.use.line,
                        "image": without_surrogates(row.use.text),
                        "newer": without_surrogates(row.newer),
                    }
                    for row in one.group.rows
                ],
            }
            for one in report.groups
        ],
        "changed": [without_surrogates(one.path) for one in report.changed],
        "written": report.written,
        "not_edited": _skipped(report.not_edited),
        "failed": _skipped(report.failed),
        "closed": list(report.closed),
        "kept": _skipped(report.kept),
        "dashboard": report.dashboard or None,
        "outdated": json.loads(outdated_json.write(report.outdated, look)),
    }


def _skipped(items: tuple[Skipped, ...]) -> list[dict[str, str]]:
    return [
        {"what": without_surrogates(one.what), "reason": without_surrogates(one.reason)}
        for one in items
    ]
