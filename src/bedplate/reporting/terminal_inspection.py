"""One image on a terminal: a box of parts by size, then the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.padding import Padding
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
    notes,
    outline,
    pairs,
)
from bedplate.reporting.harmless import harmless
from bedplate.reporting.package_list import packages_table
from bedplate.reporting.terminal_differences import platform_differences
from bedplate.reporting.vulnerability_words import counted_images, vulnerability_rows
from bedplate.reporting.words import UNKNOWN, short_digest, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import Inspection
    from bedplate.model.vulnerability_counts import VulnerabilityCounts
    from bedplate.reporting.look import Look

_LONGEST_LABEL = 34
_FRAME = 10  # columns between and around label, bar and size
_MOST_LAYERS = 20
_SHORTEST_BAR = 8


def draw_inspection(report: Inspection, look: Look) -> str:
    """Draw every platform of an image, then what differs between them."""
    parts: list[RenderableType] = []
    for facts, counts in counted_images(report):
        if parts:
            parts.append(Text(""))
        parts.extend(_image(facts, counts, look))
    parts.extend(platform_differences(report.platform_differences, look))
    parts.append(Text(f"\n{facts_words.legend(report.images)}", QUIET))
    return draw(parts, look)


def _image(
    facts: BaseFacts, counts: VulnerabilityCounts | None, look: Look
) -> Iterator[RenderableType]:
    yield _box(facts, look)
    yield pairs(facts_words.facts_table(facts))
    yield heading("Known vulnerabilities")
    yield pairs(vulnerability_rows(counts))
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
    shares = list(_shares(facts))
    label = min(max((len(share.label) for share in shares), default=0), _LONGEST_LABEL)
    amount = max((len(share.amount) for share in shares), default=0)
    room = max(look.width - label - amount - _FRAME, _SHORTEST_BAR)
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=_LONGEST_LABEL)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    for share in shares:
        table.add_row(Text(share.label), bar(share.share, room, look), Text(share.amount))
    outer = Table.grid(expand=True)
    if shares:
        outer.add_row(table)
        outer.add_row("")
    total = Text("total  ", QUIET, justify="right")
    outer.add_row(total.append(facts_words.totals(facts), TITLE))
    return outer


class _Share(NamedTuple):
    label: str
    share: float | None
    amount: str


def _shares(facts: BaseFacts) -> Iterator[_Share]:
    """Give what takes how much: parts on disk, or where those are unknown the layers."""
    if facts.parts:
        whole = facts.disk_size or sum(part.disk_size or 0 for part in facts.parts)
        for part in facts.parts:
            amount = f"{size(part.disk_size, facts.disk_size_precision)} on disk"
            yield _Share(harmless(part.label), _of(part.disk_size, whole), amount)
        return
    layers = facts.layers or ()
    whole = facts.compressed_size or sum(layer.compressed_size or 0 for layer in layers)
    for number, layer in enumerate(layers[:_MOST_LAYERS]):
        label = facts_words.step(layer) or short_digest(layer.digest)
        if number == 0 and facts.distro is not None and facts.origin == "catalog":
            # in the catalog of base images the lowest layer is the root file system
            label = harmless(facts.distro.title)
        amount = f"{size(layer.compressed_size)} compressed"
        yield _Share(label, _of(layer.compressed_size, whole), amount)


def _of(part: int | None, whole: int) -> float | None:
    return part / whole if part is not None and whole else None


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
            yield Padding(Text(facts_words.base(match)), (0, 0, 0, 2))


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
        yield from notes((harmless(item.what), harmless(item.reason)) for item in facts.skipped)
