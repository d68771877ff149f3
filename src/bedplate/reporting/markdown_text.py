"""Tables and texts in GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Markup, entities and mentions; the colon and the dot keep addresses from becoming links.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)


def markdown_text(text: str) -> str:
    """Escape what Markdown, or GitHub's mentions and links, would act on."""
    return _SPECIAL.sub(r"\\\1", harmless(text))


def markdown_rows(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Escape the cells of rows."""
    return ([markdown_text(cell) for cell in row] for row in rows)


def markdown_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write a table of cells that are Markdown already, and an empty line below it."""
    yield f"| {' | '.join(titles)} |"
    yield f"|{' --- |' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
