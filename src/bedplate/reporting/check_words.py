"""A check, in the words that every format for people shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.check_report import State
from bedplate.reporting.vulnerability_words import plural

if TYPE_CHECKING:
    from bedplate.model.check_report import CheckReport, PartResult


def part_line(part: PartResult) -> str:
    """Say what a part looked at, and what it found."""
    if part.state is State.OFF:
        return "not asked for"
    failing = len(part.failing)
    others = len(part.problems) - failing
    words = [f"{failing} to fix"] if failing else []
    words += [f"{others} that {'does' if others == 1 else 'do'} not fail"] if others else []
    words += [f"{len(part.unexamined)} not examined"] if part.unexamined else []
    words += [f"{len(part.skipped)} skipped"] if part.skipped else []
    return f"{part.looked_at}: {', '.join(words) or 'nothing to fix'}"


def verdict(report: CheckReport) -> str:
    """Say the answer in one line."""
    what = f"{report.target}: " if report.target else ""
    failing = sum(len(part.failing) for part in report.parts)
    unknown = sum(len(part.unexamined) for part in report.parts)
    if report.state is State.FAILED:
        return f"{what}failed: {plural(failing, 'problem')} to fix"
    if report.state is State.UNKNOWN:
        return f"{what}unknown: {plural(unknown, 'question')} without an answer"
    return f"{what}passed" + (f", {unknown} not examined" if unknown else "")
