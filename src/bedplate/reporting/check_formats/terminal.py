"""A terminal: a line for each part, and below it what to fix, with the edit that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.check_report import State
from bedplate.reporting.check_words import part_line, verdict
from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.check_report import CheckReport, PartResult
    from bedplate.reporting.look import Look

NAME = "terminal"
_COLORS = {
    State.PASSED: "32;1",
    State.FAILED: "31;1",
    State.UNKNOWN: "33;1",
    State.OFF: "2",
}
_MOST, _MOST_NOTES = 15, 3


def write(report: CheckReport, look: Look) -> str:
    """Write the parts, then the answer."""
    lines = [line for part in report.parts for line in _part(part, look)]
    if report.sources:
        lines.append(f"policy: {', '.join(map(harmless, report.sources))}")
    color = _COLORS[report.state]
    return "\n".join([*lines, _paint(harmless(verdict(report)), color, look)]) + "\n"


def _part(part: PartResult, look: Look) -> Iterator[str]:
    word = _paint(f"{part.state:<8}", _COLORS[part.state], look)
    yield f"{word} {part.part:<9} {harmless(part_line(part))}"
    for one in part.failing[:_MOST]:
        place = _paint(harmless(one.place), "1", look)
        yield f"  {place}: {one.rule}: {harmless(one.message)}"
        yield f"    fix: {harmless(one.remedy)}"
    if len(part.failing) > _MOST:
        yield f"  and {len(part.failing) - _MOST} more, which --format json lists"
    for item in part.unexamined[:_MOST]:
        yield f"  not examined {harmless(item.what)}: {harmless(item.reason)}"
    rest = [f"skipped {item.what}: {item.reason}" for item in part.skipped]
    for text in (*part.notes[:_MOST_NOTES], *rest[:_MOST_NOTES]):
        yield _paint(f"  {harmless(text)}", "2", look)
    hidden = max(0, len(part.notes) - _MOST_NOTES) + max(0, len(rest) - _MOST_NOTES)
    if hidden:
        yield _paint(f"  and {hidden} more notes", "2", look)


def _paint(text: str, color: str, look: Look) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if look.color else text
