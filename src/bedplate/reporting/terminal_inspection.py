"""One image on a terminal: a box of parts by size, then the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bedplate.reporting import facts_words
from bedplate.reporting.drawing import (
    QUIET,
    TITLE,
    WARNING,
    bar,
    draw,
    grid,
    heading,
    outline,
    pairs,
)
from bedplate.reporting.harmless import harmless
from bedplate.reporting.package_list import packages_table
from bedplate.reporting.terminal_differences import platform_differences
from bedplate.reporting.words import UNKNOWN, short_digest, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import Inspection
    from bedplate.reporting.look import Look

_LONGEST_LABEL = 34
_SIZE_COLUMN = 16  # "999 MB on disk" and its padding
_SHORTEST_BAR = 8


def draw_inspection(report: Inspection, look: Look) -> str:
    """Draw every platform of an image, then what differs between them."""
    parts: list[RenderableType] = []
    for facts in report.images:
        if parts:
            parts.append(Text(""))
        parts.extend(_image(facts, look))
    parts.extend(platform_differences(report.platform_differences, look))
    parts.append(Text(f"\n{facts_words.legend(report.images)}", QUIET))
    return draw(parts, look)


def _image(facts: BaseFacts, look: Look) -> Iterator[RenderableType]:
    yield _box(facts, look)
    yield pairs(facts_words.facts_table(facts))
    yield from _support(facts)
    yield from _bases(facts)
    yield from _layers(facts)
    if look.packages:
        yield heading(f"Packages: {facts_words.packages_by_type(facts)}")
        yield packages_table(facts.packages)
    yield from _skipped(facts)


def _box(facts: BaseFacts, look: Look) -> Panel:
    inside = Table.grid(expand=True, padding=(0, 1, 0, 0))
    inside.add_column(overflow="fold")
    digest = facts.index_digest or facts.manifest_digest
    reference = harmless(facts.reference or facts.name)
    inside.add_row(Text(f"{reference}  {short_digest(digest) if digest else ''}".rstrip()))
    inside.add_row(Text(facts_words.origin(facts), QUIET))
    inside.add_row("")
    inside.add_row(_parts(facts, look))
    title = f" {harmless(facts.name)} - {harmless(facts.platform or UNKNOWN)} "
    return Panel(
        inside,
        box=outline(look),
        title=Text(title, TITLE),
        title_align="left",
        border_style=QUIET,
        padding=(0, 1),
    )


def _parts(facts: BaseFacts, look: Look) -> Table:
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    table.add_column(overflow="fold", max_width=_LONGEST_LABEL)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    whole = facts.disk_size or sum(part.disk_size or 0 for part in facts.parts or ())
    labels = [len(harmless(part.label)) for part in facts.parts or ()]
    label = min(max(labels, default=0), _LONGEST_LABEL)
    room = max(look.width - label - _SIZE_COLUMN - 12, _SHORTEST_BAR)
    for part in facts.parts or ():
        share = part.disk_size / whole if part.disk_size is not None and whole else None
        amount = size(part.disk_size, facts.disk_size_precision)
        drawn = bar(share, room, look)
        table.add_row(Text(harmless(part.label)), drawn, Text(f"{amount} on disk"))
    if not facts.parts:
        table.add_row(Text("parts"), Text(""), Text("not known"))
    table.add_row("", "", "")
    outer = Table.grid(expand=True)
    outer.add_column()
    outer.add_row(table)
    total = Text("total  ", QUIET)
    total.append(facts_words.totals(facts), TITLE)
    total.justify = "right"
    outer.add_row(total)
    return outer


def _support(facts: BaseFacts) -> Iterator[RenderableType]:
    if not facts.end_of_life:
        return
    yield heading("Support")
    yield pairs(
        (
            harmless(end.title),
            Text(facts_words.end_of_life(end), WARNING if end.ended else ""),
        )
        for end in facts.end_of_life
    )


def _bases(facts: BaseFacts) -> Iterator[RenderableType]:
    if facts.bases:
        yield heading("Stands on")
        for match in facts.bases:
            yield Text(f"  {facts_words.base(match)}")


def _layers(facts: BaseFacts) -> Iterator[RenderableType]:
    if not facts.layers:
        return
    yield heading(f"Layers: {len(facts.layers)}")
    yield grid(
        ("compressed", "on disk", "made by"),
        (
            (size(layer.compressed_size), size(layer.disk_size), _one_line(layer_step))
            for layer, layer_step in ((one, facts_words.step(one)) for one in facts.layers)
        ),
        right=(0, 1),
    )


def _one_line(text: str) -> Text:
    return Text(text, overflow="ellipsis", no_wrap=True)


def _skipped(facts: BaseFacts) -> Iterator[RenderableType]:
    if facts.skipped:
        yield heading("Not examined")
        yield pairs((harmless(item.what), harmless(item.reason)) for item in facts.skipped)
