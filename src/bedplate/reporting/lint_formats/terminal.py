"""A terminal: each violation with its line and a marker below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless
from bedplate.reporting.place import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.lint_report import LintReport
    from bedplate.model.violation import Violation
    from bedplate.reporting.look import Look

NAME = "terminal"
_COLORS = {"error": "31;1", "warning": "33;1", "info": "36", "style": "36"}
_LONGEST = 160  # characters of a line that are shown


def write(report: LintReport, look: Look) -> str:
    """Write violations in the order of files and lines, then what was skipped."""
    lines: list[str] = []
    for one in report.violations:
        lines += _violation(one, report.texts[one.path], look)
    lines += (f"skipped {harmless(item.what)}: {harmless(item.reason)}" for item in report.skipped)
    return "\n".join([*lines, _summary(report)]) + "\n"


def _violation(one: Violation, text: str, look: Look) -> Iterator[str]:
    place = place_of(one, text)
    word = one.severity.word
    twins = f" ({', '.join(one.twins)})" if one.twins else ""
    where = f"{harmless(one.path)}:{place.line}:{place.column}"
    color = _COLORS[word]
    yield f"{where}: {_paint(word, color, look)} {one.rule}{twins}: {harmless(one.message)}"
    number = str(place.line)
    shown = place.text[:_LONGEST].replace("\t", " ")
    yield f"  {number} | {harmless(shown)}"
    width = (place.end_column if place.end_line == place.line else len(shown) + 1) - place.column
    if place.column <= len(shown) and shown.isprintable():
        width = max(1, min(width, len(shown) - place.column + 1))
        marker = _paint("^" * width, color, look)
        yield f"  {' ' * len(number)} | {' ' * (place.column - 1)}{marker}"
    for item in one.evidence:
        yield f"  {' ' * len(number)} = {harmless(item)}"


def _paint(text: str, color: str, look: Look) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if look.color else text


def _summary(report: LintReport) -> str:
    count, files = len(report.violations), len(report.texts)
    found = f"{count} {'violation' if count == 1 else 'violations'}"
    parts = [f"{found} in {files} {'file' if files == 1 else 'files'}"]
    if report.known:
        parts.append(f"{report.known} known by the baseline")
    fixable = sum(one.fix is not None for one in report.violations)
    if fixable and report.repaired is None:
        parts.append(f"{fixable} with a fix")
    return ", ".join(parts)
