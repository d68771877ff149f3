"""Scanned images on a terminal: what matters first, then every finding by its risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from bedplate.model.rating import Level
from bedplate.reporting import vulnerability_words as words
from bedplate.reporting.drawing import QUIET, TITLE, WARNING, draw, grid, heading, notes, pairs
from bedplate.reporting.harmless import harmless
from bedplate.reporting.policy_notes import policy_note
from bedplate.reporting.quick_grid import Cell, QuickGrid
from bedplate.reporting.risk import by_risk, counts_of
from bedplate.reporting.scan_sections import summary, unseen, verdict
from bedplate.reporting.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bedplate.model.finding import Finding
    from bedplate.model.scan_report import Scan, ScanReport
    from bedplate.reporting.look import Look

_STYLES = {
    Level.CRITICAL: WARNING,
    Level.HIGH: "red",
    Level.MEDIUM: "yellow",
    Level.LOW: "",
    Level.NEGLIGIBLE: QUIET,
    Level.UNKNOWN: QUIET,
}
_WIDE = 72  # columns from which findings are a table
_ROOMY = 100  # columns from which the table has all its columns
_LONGEST_ID, _LONGEST_ORIGIN = 30, 8


def draw_scan(report: ScanReport, look: Look) -> str:
    """Draw the images side by side in a few words, then each with its findings."""
    parts: list[RenderableType] = []
    if len(report.scans) > 1:
        parts.extend(_overview(report, look))
    for scan in report.scans:
        parts.extend(_scan(scan, report, look))
    parts.extend(_verdict(report))
    parts.append(Text(f"\n{UNKNOWN} = not known", QUIET))
    return draw(parts, look)


def _overview(report: ScanReport, look: Look) -> Iterator[RenderableType]:
    rows = []
    for scan in report.scans:
        counts = counts_of(scan) if scan.examined else None
        reading = words.rated(counts, report.reading)
        rows.append((words.image_title(scan), reading, words.fixable(counts)))
    titles = ("image", words.READINGS[report.reading], "fixable")
    yield heading(words.plural(len(rows), "image"))
    yield grid(titles, rows, whole=(2,) if look.width >= _WIDE else ())
    note = policy_note(scan.facts for scan in report.scans)
    if note:
        yield Padding(Text(note, QUIET), (0, 0, 0, 2))


def _scan(scan: Scan, report: ScanReport, look: Look) -> Iterator[RenderableType]:
    yield Text(f"\n{words.image_title(scan)}", TITLE)
    calm = scan.examined
    yield pairs(
        (label, Text(value, "" if calm or label != "result" else WARNING))
        for label, value in summary(scan, report)
    )
    for warning in scan.warnings:
        yield Padding(Text(harmless(warning), WARNING), (0, 0, 0, 2))
    for bundle, findings in words.bundles(by_risk(scan.findings, report.reading)).items():
        if findings:
            count = words.plural(len(findings), "finding")
            title = f"{harmless(bundle)} brings {count}" if bundle else f"Findings: {len(findings)}"
            yield heading(title)
            yield from _findings(findings, report, look)
    yield from _suppressed(scan, report, look)
    found = unseen(scan)
    if found:
        yield heading("Not examined")
        yield from notes(found)
    if scan.stores:
        yield heading("Advisories")
        yield from notes(words.store_lines(scan))


def _findings(
    findings: Sequence[Finding], report: ScanReport, look: Look
) -> Iterator[RenderableType]:
    if look.width < _WIDE:
        yield from (_card(one, report) for one in findings)
        return
    likely = look.width >= _ROOMY and any(one.kev or one.epss is not None for one in findings)
    placed = any(one.origin for one in findings)
    titles = ["level", "id", "component", "fix"]
    titles += [*(["from"] if placed else []), *(["exploit"] if likely else [])]
    rows = [[*_cells(one, report), *_more(one, placed=placed, likely=likely)] for one in findings]
    yield QuickGrid(
        titles, rows, flexible=(2, 3), right=titles.index("exploit") if likely else None
    )


def _cells(one: Finding, report: ScanReport) -> list[Cell]:
    level = one.level(report.reading)
    return [
        Cell(UNKNOWN if level is Level.UNKNOWN else level.word, _STYLES[level]),
        Cell(harmless(one.vulnerability)[:_LONGEST_ID]),
        Cell(words.component(one)),
        Cell(words.remedy(one)),
    ]


def _more(one: Finding, *, placed: bool, likely: bool) -> Iterator[Cell]:
    """Give the cells of columns that only some tables have."""
    if placed:
        yield Cell(words.origin(one)[:_LONGEST_ORIGIN])
    if likely:
        yield Cell(words.chance(one), WARNING if one.kev else "")


def _card(one: Finding, report: ScanReport) -> RenderableType:
    """Draw a finding as a few lines, where there is no room for a table."""
    text = _level(one, report)
    text.append(f" {harmless(one.vulnerability)}", "")
    rest = [words.component(one), words.remedy(one)]
    if one.origin:
        rest.append(words.origin(one))
    if one.kev or one.epss is not None:
        rest.append(words.chance(one))
    text.append(f"\n  {', '.join(rest)}", QUIET)
    return Padding(text, (0, 0, 0, 2))


def _level(one: Finding, report: ScanReport) -> Text:
    level = one.level(report.reading)
    return Text(UNKNOWN if level is Level.UNKNOWN else level.word, _STYLES[level])


def _suppressed(scan: Scan, report: ScanReport, look: Look) -> Iterator[RenderableType]:
    if not scan.suppressed:
        return
    yield heading(f"Suppressed: {len(scan.suppressed)}")
    yield from notes(words.suppressed(scan.suppressed))
    if look.suppressed:
        yield from notes(
            (
                f"{harmless(one.vulnerability)} {words.component(one)}",
                words.suppression(one),
            )
            for one in by_risk(scan.suppressed, report.reading)
        )


def _verdict(report: ScanReport) -> Iterator[RenderableType]:
    lines = verdict(report)
    if lines:
        yield heading("Gate")
        for line in lines:
            style = WARNING if report.verdict.failed else ""
            yield Padding(Text(line, style), (0, 0, 0, 2))
