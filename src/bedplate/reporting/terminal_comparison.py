"""Images side by side on a terminal: as columns where they fit, else as rows."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from bedplate.reporting import facts_words
from bedplate.reporting.drawing import (
    QUIET,
    TITLE,
    WARNING,
    bar,
    broken,
    draw,
    grid,
    heading,
    notes,
    rules,
)
from bedplate.reporting.harmless import harmless
from bedplate.reporting.measures import MEASURES
from bedplate.reporting.policy_notes import comparison_note
from bedplate.reporting.terminal_differences import package_differences, platform_differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bedplate.model.comparison import ComparedImage, Comparison
    from bedplate.reporting.look import Look
    from bedplate.reporting.measures import Measure

_LABELS = 20  # columns taken by the names of the measures
_COLUMN = 20  # the least that an image needs
_MOST_COLUMNS = 6
_NUMBERS = 41  # columns that a size and its ratios take beside a name
_LONGEST_BAR, _SHORTEST_BAR = 24, 4
_LONGEST_NAME, _SHORT_NAME = 36, 22  # of an image, before it is broken into lines


def draw_comparison(report: Comparison, look: Look) -> str:
    """Draw the table, and below it what differs and what could not be looked at."""
    images = report.images
    parts: list[RenderableType] = []
    if len(images) <= _MOST_COLUMNS and _LABELS + _COLUMN * len(images) <= look.width:
        parts.append(_as_columns(images, look))
    else:
        parts.extend(_as_rows(images, look))
    if look.packages:
        parts.extend(package_differences(images))
    parts.extend(platform_differences(report.platform_differences, look))
    parts.extend(_skipped(report))
    note = comparison_note(report)
    if note:
        parts.append(Text(f"\nCVEs: {note}", QUIET))
    legend = facts_words.legend(tuple(image.facts for image in images))
    parts.append(Text(f"\n{legend}", QUIET))
    return draw(parts, look)


def _as_columns(images: Sequence[ComparedImage], look: Look) -> Table:
    table = Table(box=rules(look), pad_edge=False, padding=(0, 1, 0, 0), header_style=TITLE)
    table.add_column("", style=QUIET, no_wrap=True)
    room = (look.width - _LABELS) // len(images) - 1
    for image in images:
        table.add_column(_name(image, images, room), ratio=1, overflow="fold")
    groups = [list(group) for _, group in groupby(MEASURES, key=lambda measure: measure.group)]
    for group in groups:
        if group is not groups[0]:
            table.add_row()
        for measure in group:
            indent = "  " if measure.minor else ""
            cells = (_cell(measure, image) for image in images)
            table.add_row(Text(f"{indent}{measure.title}"), *cells)
    return table


def _as_rows(images: Sequence[ComparedImage], look: Look) -> Iterator[RenderableType]:
    longest = max(len(_name(image, images)) for image in images)
    for group, grouped in groupby(MEASURES, key=lambda measure: measure.group):
        measures = list(grouped)
        numbers = [place for place, measure in enumerate(measures, 1) if measure.numeric]
        # words need the room more than long names do
        width = _LONGEST_NAME if numbers or len(measures) < 3 else _SHORT_NAME
        bars = next((measure.bar for measure in measures if measure.bar), None)
        room = min(look.width - _NUMBERS - min(longest, width), _LONGEST_BAR)
        titles = ["image", *(measure.title for measure in measures)]
        rows: list[list[str | Text]] = []
        for image in images:
            row: list[str | Text] = [_name(image, images, width)]
            row += [_cell(measure, image) for measure in measures]
            if bars and room >= _SHORTEST_BAR:
                row.append(bar(bars(image), room, look))
            rows.append(row)
        yield heading(group)
        blank = [""] * (len(rows[0]) - len(titles))
        yield grid([*titles, *blank], rows, right=numbers, whole=(0,) if look.width > 60 else ())


def _cell(measure: Measure, image: ComparedImage) -> Text:
    style = WARNING if measure.alarming(image) else QUIET if measure.minor else ""
    return Text(measure.cell(image), style)


def _name(image: ComparedImage, images: Sequence[ComparedImage], width: int = 1000) -> Text:
    """Name an image, with its platform where the platforms are not all the same."""
    text = broken(harmless(image.facts.name), width)
    known = {other.facts.platform for other in images} - {None}
    if len(known) > 1 and image.facts.platform:
        text += f"\n{harmless(image.facts.platform)}"
    return Text(text, TITLE)


def _skipped(report: Comparison) -> Iterator[RenderableType]:
    if report.skipped:
        yield heading("Left out")
        yield from notes((harmless(item.what), harmless(item.reason)) for item in report.skipped)
    found = [
        (f"{harmless(image.facts.name)}: {harmless(item.what)}", harmless(item.reason))
        for image in report.images
        for item in image.facts.skipped
    ]
    if found:
        yield heading("Not examined")
        yield from notes(found)
