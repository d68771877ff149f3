"""The list of the catalog's images, in each format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.reporting.harmless import harmless
from bedplate.reporting.words import listed, size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bedplate.facts.catalog import Catalog
    from bedplate.facts.summary import RowSummary, Summary
    from bedplate.reporting.look import Look

SCHEMA = "bedplate/catalog-list/1"
_TITLES = ("image", "compressed", "on disk", "as of", "system", "runtime", "from")
_NARROW = 100  # columns; below them only the first four titles are shown
_FOLDED = 80  # columns; below them names are broken into lines
_HUB = "docker.io/library/"
_USUAL = "linux/amd64"


def write_list(catalog: Catalog, text: str, format_name: str, look: Look) -> str:
    """Write down the images whose reference or an alias holds a text.

    Args:
        catalog: what is listed.
        text: part of a name; empty for all.
        format_name: `terminal`, `json` or `markdown`.
        look: width, colours, characters.
    """
    found = [
        summary
        for summary in catalog.references()
        if any(text in name for name in (summary.reference, *summary.aliases))
    ]
    return _WRITERS[format_name](found, catalog, look)


def _json(found: Sequence[Summary], catalog: Catalog, _look: Look) -> str:
    import msgspec  # noqa: PLC0415 - lazy: only JSON needs it

    document = {"schema": SCHEMA, "bedplate": __version__, "images": _plain(found, catalog)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def _plain(found: Sequence[Summary], catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {
            "reference": summary.reference,
            "aliases": summary.aliases,
            "observed": summary.observed,
            "added": catalog.is_added(summary.reference),
            "os": summary.os,
            "runtime": summary.runtime,
            "runtime_version": summary.runtime_version,
            "platforms": [
                {
                    "platform": row.platform,
                    "index_digest": row.index_digest,
                    "manifest_digest": row.manifest_digest,
                    "compressed_size": row.compressed_size,
                    "disk_size": row.disk_size,
                    "disk_size_precision": row.disk_size_precision,
                }
                for row in summary.rows
            ],
        }
        for summary in found
    ]


def _terminal(found: Sequence[Summary], catalog: Catalog, look: Look) -> str:
    from bedplate.reporting.drawing import draw, grid, heading  # noqa: PLC0415 - lazy: rich

    columns = 4 if look.width < _NARROW else len(_TITLES)
    if not any(catalog.is_added(summary.reference) for summary in found):
        columns = min(columns, len(_TITLES) - 1)
    rows = [_cells(summary, catalog)[:columns] for summary in found]
    whole = {0, 3} if look.width >= _FOLDED else set()
    title = heading(f"{len(found)} images; sizes are of {_USUAL} where it is known")
    return draw((title, grid(_TITLES[:columns], rows, right={1, 2}, whole=whole)), look)


def _markdown(found: Sequence[Summary], catalog: Catalog, _look: Look) -> str:
    rows = [_TITLES, ("---",) * len(_TITLES), *(_cells(summary, catalog) for summary in found)]
    lines = (" | ".join(cell.replace("|", r"\|") for cell in row) for row in rows)
    return "\n".join(f"| {line} |" for line in lines)


def _cells(summary: Summary, catalog: Catalog) -> tuple[str, ...]:
    row = _usual_row(summary)
    runtime = f"{summary.runtime} {summary.runtime_version}".strip()
    return (
        harmless(summary.reference.removeprefix(_HUB)),
        size(row.compressed_size),
        size(row.disk_size, row.disk_size_precision),
        harmless(summary.observed),
        harmless(summary.os) or "?",
        listed([runtime] if runtime else []),
        "you" if catalog.is_added(summary.reference) else "bedplate",
    )


def _usual_row(summary: Summary) -> RowSummary:
    usual = (row for row in summary.rows if row.platform == _USUAL)
    return next(usual, summary.rows[0])


_WRITERS: dict[str, Callable[[Sequence[Summary], Catalog, Look], str]] = {
    "terminal": _terminal,
    "json": _json,
    "markdown": _markdown,
}
