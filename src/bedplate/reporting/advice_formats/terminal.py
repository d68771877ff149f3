"""Advice on a terminal: the answer, why, the candidates, what was refused and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from bedplate.reporting import advice_words as words
from bedplate.reporting.drawing import (
    QUIET,
    TITLE,
    WARNING,
    draw,
    grid,
    heading,
    notes,
    pairs,
)
from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from bedplate.model.advice import Advice, Judgement
    from bedplate.reporting.look import Look

NAME = "terminal"
_NARROW = 72  # columns below which sizes and scores are all that fits


def write(advice: Advice, look: Look) -> str:
    """Draw the advice."""
    return draw(_parts(advice, look), look)


def _parts(advice: Advice, look: Look) -> Iterator[RenderableType]:
    yield Text(words.subject(advice), QUIET)
    yield Text(words.headline(advice), TITLE if advice.advised else WARNING)
    yield from _section("Why", advice.why)
    yield from _section("What it gains", advice.gains)
    yield from _refused(advice)
    yield heading("Candidates")
    yield _table(advice.judgements, look)
    remarks = [(name, words.reason(remark)) for name, remark in words.notes(advice)]
    if remarks:
        yield heading("To know")
        yield from notes(remarks)
    yield heading("What the project asks for")
    yield pairs(words.needs(advice))
    yield from _section("What to try before it is shipped", advice.tests)
    if advice.next_version:
        yield from _section("Version", (advice.next_version,))
    if advice.skipped:
        yield heading("Not examined")
        yield from notes((harmless(one.what), harmless(one.reason)) for one in advice.skipped)
    if known := words.known_from(advice):
        yield Text(f"\n{known}", QUIET)


def _section(title: str, lines: Iterable[str]) -> Iterator[RenderableType]:
    told = tuple(lines)
    if told:
        yield heading(title)
        for line in told:
            yield Padding(Text(harmless(line)), (0, 0, 0, 2))


def _refused(advice: Advice) -> Iterator[RenderableType]:
    found = list(words.refusals(advice))
    if not found:
        return
    yield heading("Refused")
    for name, remarks in found:
        for remark in remarks:
            text = Text(f"{name}: ", WARNING)
            text.append(words.reason(remark), "")
            yield Padding(text, (0, 0, 0, 2))
            if remark.fix:
                yield Padding(Text(f"to allow it: {harmless(remark.fix)}", QUIET), (0, 0, 0, 4))


def _table(judged: Iterable[Judgement], look: Look) -> RenderableType:
    columns = [0, 1, 5] if look.width < _NARROW else [*range(len(words.TITLES))]
    rows = []
    for one in judged:
        cells = words.row(one)
        style = QUIET if one.refused else ""
        rows.append([Text(cells[column], style) for column in columns])
    titles = [words.TITLES[column] for column in columns]
    right = [place for place, column in enumerate(columns) if words.is_number(column)]
    return grid(titles, rows, right=right)
