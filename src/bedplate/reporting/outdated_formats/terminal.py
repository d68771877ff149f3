"""A terminal: a line for each image that is behind, and below it what there is to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless
from bedplate.reporting.outdated_words import (
    fixes,
    grouped,
    move,
    refusals,
    resized,
    summary,
    target,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.outdated_report import OutdatedReport
    from bedplate.reporting.look import Look
    from bedplate.reporting.outdated_words import Grouped

NAME = "terminal"
_TITLES = ("IMAGE", "NEWEST", "MOVES", "")
_PLACES, _REFUSALS = 3, 3
_LONGEST = 48  # columns of an image that is not broken


def write(report: OutdatedReport, look: Look) -> str:
    """Write what is behind, then what was not examined, then one line about all."""
    behind = grouped(report.behind)
    lines = _table(behind, look) if behind else []
    for one in grouped(row for row in report.rows if not row.is_behind):
        if refusals(one.row.decision.refused, 1) and not one.row.decision.failure:
            lines.append(f"{harmless(one.row.reference.familiar)} stays")
            lines += _below(one, look)
    for one in grouped(report.unexamined):
        name = harmless(one.row.reference.familiar)
        lines.append(f"not examined {name}: {harmless(one.row.decision.failure)}")
    lines += (f"skipped {harmless(one.what)}: {harmless(one.reason)}" for one in report.skipped)
    lines += _origin(report)
    return "\n".join([*lines, summary(report)]) + "\n"


def _table(behind: Sequence[Grouped], look: Look) -> list[str]:
    rows = [_cells(one) for one in behind]
    widths = [max(len(row[n]) for row in (_TITLES, *rows)) for n in range(3)]
    widths[0] = min(widths[0], _LONGEST)
    lines = [_paint(_line(_TITLES, widths), "2", look)]
    for row, one in zip(rows, behind, strict=True):
        lines.append(_line(row, widths))
        lines += _below(one, look)
    return lines


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=False))
    return "  ".join((*padded, cells[3])).rstrip()


def _cells(one: Grouped) -> tuple[str, str, str, str]:
    row = one.row
    candidate = row.decision.candidate
    moves = move(candidate) if candidate else ""
    name = row.reference.familiar.partition("@")[0]
    return harmless(name), harmless(target(row)), moves, fixes(row.delta)


def _below(one: Grouped, look: Look) -> Iterator[str]:
    """Write places, sizes, refusals and notes."""
    decision, more = one.row.decision, len(one.places) - _PLACES
    places = ", ".join(map(harmless, one.places[:_PLACES]))
    yield _paint(f"  {places}{f' and {more} more' if more > 0 else ''}", "2", look)
    if one.row.delta is not None:
        sizes = {"compressed": one.row.delta.compressed, "on disk": one.row.delta.on_disk}
        known = {name: change for name, change in sizes.items() if change.growth is not None}
        if known:
            yield f"  {', '.join(f'{name} {resized(each)}' for name, each in known.items())}"
        for change in one.row.delta.changes:
            if change.differs and change.fact in ("distribution", "libc", "runtime", "user"):
                before, after = harmless(change.before or "none"), harmless(change.after or "none")
                yield f"  {change.fact} {before} -> {after}"
    for line in (*refusals(decision.refused, _REFUSALS), *decision.notes):
        yield f"  {harmless(line)}"


def _origin(report: OutdatedReport) -> Iterator[str]:
    if report.as_of:
        yield f"offline: tags as of {report.as_of}, by the catalog"
    if report.sources:
        yield f"policy: {', '.join(map(harmless, report.sources))}"
    yield from map(harmless, report.notes)


def _paint(text: str, color: str, look: Look) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if look.color else text
