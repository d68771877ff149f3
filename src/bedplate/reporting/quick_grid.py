"""A table of many rows, laid out by hand: rich's own takes most of a second for a thousand."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, chop_cells
from rich.segment import Segment

from bedplate.reporting.drawing import QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions

_INDENT, _GAP = 2, 2
_LEAST = 10  # columns that a flexible column keeps


class Cell(NamedTuple):
    """A text without line breaks, and the style that it is written in."""

    text: str
    style: str = ""


class QuickGrid:
    """A table with quiet titles and no lines.

    Args:
        titles: of the columns.
        rows: cells, as many as titles.
        flexible: the two columns that are broken into lines where there is no room.
        right: column that is set to the right; None for none.
    """

    def __init__(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        flexible: tuple[int, int],
        right: int | None = None,
    ) -> None:
        self._rows = [[Cell(title, QUIET) for title in titles], *rows]
        self._flexible = flexible
        self._right = right

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Write the lines."""
        widths = self._widths(options.max_width)
        styles = {cell.style: console.get_style(cell.style) for row in self._rows for cell in row}
        for row in self._rows:
            wrapped = [wrap(cell.text, width) for cell, width in zip(row, widths, strict=True)]
            for line in zip_longest(*wrapped, fillvalue=""):
                yield Segment(" " * _INDENT)
                for column, text in enumerate(line):
                    blank = " " * (widths[column] - cell_len(text))
                    padded = blank + text if column == self._right else text + blank
                    yield Segment(padded, styles[row[column].style])
                    yield Segment(" " * _GAP)
                yield Segment.line()

    def _widths(self, room: int) -> list[int]:
        """Give every column what its longest cell takes, and shrink the flexible ones."""
        columns = zip(*self._rows, strict=True)
        widths = [max(cell_len(cell.text) for cell in column) for column in columns]
        first, second = self._flexible
        taken = _INDENT + _GAP * len(widths) + sum(widths) - widths[first] - widths[second]
        left = max(room - taken, 2 * _LEAST)
        if widths[first] + widths[second] > left:
            widths[second] = min(widths[second], max(left * 2 // 5, left - widths[first]))
            widths[first] = left - widths[second]
        return widths


def wrap(text: str, width: int) -> list[str]:
    """Break a text between words, and words that are too long anywhere."""
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        longer = f"{current} {word}" if current else word
        if cell_len(longer) <= width:
            current = longer
            continue
        if current:
            lines.append(current)
        *whole, current = chop_cells(word, width) or [""]
        lines += whole
    return [*lines, current]
