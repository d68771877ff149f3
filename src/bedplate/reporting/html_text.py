"""HTML in which no text acts as markup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def html_text(text: str) -> str:
    """Write a text, which may come from an image, as content or between quotes."""
    return escape(harmless(text))


def html_pairs(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Write labels and values."""
    yield "<dl>"
    yield from (f"<dt>{html_text(a)}</dt><dd>{html_text(b)}</dd>" for a, b in rows)
    yield "</dl>"


def html_table(
    titles: Sequence[str], rows: Iterable[str], *, identifier: str = "", caption: str = ""
) -> Iterator[str]:
    """Write a table.

    Args:
        titles: of the columns.
        rows: each a whole `<tr>`, safe already.
        identifier: by which a filter finds it; may be empty.
        caption: what it holds; may be empty.
    """
    name = f' id="{html_text(identifier)}"' if identifier else ""
    yield f'<div class="scroll"><table{name}>'
    if caption:
        yield f"<caption>{html_text(caption)}</caption>"
    heads = "".join(f'<th scope="col">{html_text(title)}</th>' for title in titles)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    yield from rows
    yield "</tbody></table></div>"


def html_row(cells: Iterable[str]) -> str:
    """Write a row of plain cells."""
    return f"<tr>{''.join(f'<td>{html_text(cell)}</td>' for cell in cells)}</tr>"
