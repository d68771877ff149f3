"""Terminal drawing: a console that writes into a text, bars, headings, quiet tables."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from bedplate.reporting.look import Look

TITLE = "bold"
QUIET = "dim"
WARNING = "bold red"
FILLED = "cyan"
_GAP = re.compile(r"\n{3,}")
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def draw(parts: Iterable[RenderableType], look: Look) -> str:
    """Draw things below each other and give the text, without blanks at line ends."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=look.width,
        force_terminal=look.color,
        no_color=not look.color,
        color_system="standard" if look.color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    text = _GAP.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
    return text if look.unicode else text.encode("ascii", "backslashreplace").decode()


def bar(share: float | None, width: int, look: Look) -> Text:
    """Draw a share of one; anything above nothing is seen."""
    if share is None:
        return Text("")
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    if share > 0:
        eighths = max(eighths, 1)
    if not look.unicode:
        return Text("#" * -(-eighths // 8), FILLED)
    full, rest = divmod(eighths, 8)
    return Text(_EIGHTHS[8] * full + (_EIGHTHS[rest] if rest else ""), FILLED)


def heading(text: str) -> Text:
    """Draw the line above a section."""
    return Text(f"\n{text}", TITLE)


def notes(rows: Iterable[tuple[str, str]]) -> Iterator[RenderableType]:
    """Draw remarks, each a paragraph of its own."""
    for subject, remark in rows:
        text = Text(f"{subject} - ", QUIET)
        yield Padding(text.append(Text(remark)), (0, 0, 0, 2))


def broken(name: str, width: int) -> str:
    """Break a long name after a slash, a colon or a dash rather than anywhere.

    Args:
        name: without line breaks.
        width: columns that it may take.
    """
    lines = []
    while len(name) > width:
        cut = max(name.rfind(mark, 0, width) for mark in "/:-") + 1
        cut = name.rfind("/", 0, width) + 1 or cut or width
        lines.append(name[:cut])
        name = name[cut:]
    return "\n".join([*lines, name])


def pairs(rows: Iterable[tuple[str, str | Text]], indent: int = 2) -> Padding:
    """Draw labels and values in two columns."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style=QUIET, no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(Text(label), value if isinstance(value, Text) else Text(value))
    return Padding(table, (0, 0, 0, indent))


def grid(
    titles: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    *,
    right: Container[int] = (),
    whole: Container[int] = (),
) -> Padding:
    """Draw a table with quiet titles and no lines.

    Args:
        titles: of the columns.
        rows: cells.
        right: positions of the columns that hold numbers.
        whole: positions of the columns that are never broken into lines.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
    for position, title in enumerate(titles):
        table.add_column(
            Text(title),
            justify="right" if position in right else "left",
            no_wrap=position in right or position in whole,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    return Padding(table, (0, 0, 0, 2))


def outline(look: Look) -> box.Box:
    """Choose the lines of a frame."""
    return box.ROUNDED if look.unicode else box.ASCII


def rules(look: Look) -> box.Box:
    """Choose the lines of a table with sections."""
    return box.SIMPLE_HEAD if look.unicode else box.ASCII2
