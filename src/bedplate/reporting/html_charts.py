"""Bar charts as SVG: drawn by attributes and classes alone, so no style is inline."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.reporting.html_text import html_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROW = 26  # units of the drawing, as the next ones
_LABELS = 84
_WIDTH = 420
_NUMBERS = 44


class Bar(NamedTuple):
    """One row of a chart.

    Args:
        label: before the bar.
        kind: class of its colour.
        fixable: length of the full part.
        unfixable: length of the pale part.
    """

    label: str
    kind: str
    fixable: int
    unfixable: int

    @property
    def total(self) -> int:
        """Length of both parts."""
        return self.fixable + self.unfixable


def chart(title: str, note: str, bars: Sequence[Bar], longest: int) -> Iterator[str]:
    """Draw bars below each other.

    Args:
        title: what is counted.
        note: in a quieter voice behind it.
        bars: rows.
        longest: length of a bar that takes all the room, the same for charts to compare.
    """
    told = ", ".join(f"{bar.total} {bar.label} ({bar.fixable} fixable)" for bar in bars)
    height = _ROW * len(bars)
    yield "<figure>"
    yield f"<figcaption>{html_text(title)} <span>{html_text(note)}</span></figcaption>"
    yield (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img"'
        f' aria-label="{html_text(f"{title}: {told}")}">'
    )
    for number, bar in enumerate(bars):
        yield from _bar(bar, number * _ROW, longest)
    yield "</svg>"
    yield "</figure>"


def _bar(bar: Bar, top: int, longest: int) -> Iterator[str]:
    room = _WIDTH - _LABELS - _NUMBERS
    scale = room / max(longest, 1)
    first, second = (
        max(round(length * scale, 1), 1.5) if length else 0
        for length in (bar.fixable, bar.unfixable)
    )
    yield f'<text x="0" y="{top + 17}">{html_text(bar.label)}</text>'
    for start, length, extra in ((0, first, ""), (first, second, " unfixable")):
        if length:
            yield (
                f'<rect class="bar-{bar.kind}{extra}" x="{round(_LABELS + start, 1)}"'
                f' y="{top + 5}" width="{length}" height="16"/>'
            )
    end = round(_LABELS + first + second + 6, 1)
    yield f'<text x="{end}" y="{top + 17}">{bar.total}</text>'
