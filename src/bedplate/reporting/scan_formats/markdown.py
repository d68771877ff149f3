"""GitHub-flavoured Markdown, for comments on pull requests: bounded, the rest is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.rating import Level
from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.harmless import harmless
from bedplate.reporting.markdown_text import markdown_rows, markdown_table, markdown_text
from bedplate.reporting.policy_notes import policy_note
from bedplate.reporting.risk import by_risk
from bedplate.reporting.scan_sections import summary, unseen, verdict
from bedplate.reporting.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.reporting.look import Look

NAME = "markdown"
_LONGEST = 60_000  # characters; a comment may have 65,536
_MOST_ROWS = 200  # findings of one image
_MOST_NOTES = 20  # lines of what could not be seen, or does not count
_TITLES = ("level", "id", "component", "fix", "from", "exploit")


def scan(report: ScanReport, look: Look) -> str:
    """Write the counts of every image, then findings as far as there is room."""
    lines = [f"**Gate {markdown_text(line)}**\n" for line in verdict(report)]
    note = policy_note(one.facts for one in report.scans)
    if note:
        lines += (markdown_text(note), "")
    for one in report.scans:
        lines += _head(one, report)
    room = _LONGEST - sum(len(line) + 1 for line in lines)
    for one in report.scans:
        tail = list(_tail(one, report, look))
        left = room // len(report.scans) - sum(len(line) + 1 for line in tail)
        lines += (*_findings(one, report, left), *tail)
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(one: Scan, report: ScanReport) -> Iterator[str]:
    yield f"## {markdown_text(words.image_title(one))}"
    yield ""
    yield from markdown_table(("", ""), markdown_rows(summary(one, report)))
    for warning in one.warnings[:_MOST_NOTES]:
        yield f"> {markdown_text(warning)}"
        yield ""


def _findings(one: Scan, report: ScanReport, room: int) -> Iterator[str]:
    if not one.findings:
        return
    ordered = by_risk(one.findings, report.reading)
    yield f"### Findings in {markdown_text(words.image_title(one))}"
    yield ""
    rows = []
    for finding in ordered[:_MOST_ROWS]:
        row = _row(finding, report)
        room -= sum(len(cell) + 3 for cell in row) + 3
        if room < 0:
            break
        rows.append(row)
    yield from markdown_table(_TITLES, rows)
    if len(rows) < len(ordered):
        yield f"and {len(ordered) - len(rows)} more"
        yield ""


def _row(one: Finding, report: ScanReport) -> Sequence[str]:
    level = one.level(report.reading)
    name = words.component(one) + (f", in {harmless(one.bundled_in)}" if one.bundled_in else "")
    identifier = markdown_text(one.vulnerability)
    if words.is_plain(one.vulnerability):
        identifier = f"[{identifier}]({words.address(one.vulnerability)})"
    cells = (name, words.remedy(one), words.origin(one), words.chance(one))
    return (
        UNKNOWN if level is Level.UNKNOWN else level.word,
        identifier,
        *(markdown_text(cell[:300]) for cell in cells),
    )


def _tail(one: Scan, report: ScanReport, look: Look) -> Iterator[str]:
    if one.suppressed:
        yield from _notes(("suppressed", "reason"), words.suppressed(one.suppressed))
        if look.suppressed:
            rows = [
                (f"{harmless(each.vulnerability)} {words.component(each)}", words.suppression(each))
                for each in by_risk(one.suppressed, report.reading)
            ]
            yield from _notes(("finding", "suppressed"), rows)
    yield from _notes(("not examined", "reason"), unseen(one))


def _notes(titles: Sequence[str], rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        shown = [(what[:200], why[:200]) for what, why in rows[:_MOST_NOTES]]
        yield from markdown_table(titles, markdown_rows(shown))
        if len(rows) > len(shown):
            yield f"and {len(rows) - len(shown)} more"
            yield ""
