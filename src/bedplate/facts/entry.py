"""One image of the catalog, all its platforms: as a value, and as the document it is kept in.

    {"schema": "bedplate/catalog-entry/1",
     "reference": "docker.io/library/node:20-alpine",
     "aliases": ["docker.io/library/node:20.20.2-alpine", ...],
     "common": {fields of BaseFacts that all platforms share},
     "rows": [{the other fields of one platform}, ...]}

The same document is a file of the embedded catalog, a line of the user's catalog and a line of
an export.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from bedplate.errors import InvalidDocument, InvalidReference
from bedplate.facts.codec import check_schema, convert, encode_plain, plain, read
from bedplate.facts.platform_match import same_platform
from bedplate.model.base_facts import BaseFacts

if TYPE_CHECKING:
    from bedplate.model.platform import Platform

SCHEMA = "bedplate/catalog-entry/1"
SCRATCH = "scratch"
MAX_ROWS = 100
MAX_ALIASES = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalog knows of one image.

    Args:
        reference: canonical reference with its tag, or `scratch`.
        aliases: canonical references that stood for the same image when it was observed.
        rows: one per platform, sorted by platform.
    """

    reference: str
    aliases: tuple[str, ...] = ()
    rows: tuple[BaseFacts, ...] = ()

    @property
    def observed(self) -> str:
        """ISO date of the newest row."""
        return max((row.observed for row in self.rows), default="")

    def row(self, platform: Platform | None) -> BaseFacts | None:
        """Give the row of a platform; without a wish linux/amd64 if there, else the first.

        A row that names no platform (facts from a build definition) answers for all.
        """
        if platform is None:
            preferred = [row for row in self.rows if row.platform in ("linux/amd64", None)]
            return next(iter(preferred or self.rows), None)
        for row in self.rows:
            if row.platform is None or same_platform(row.platform, platform):
                return row
        return None

    def with_row(self, facts: BaseFacts) -> Entry:
        """Put a row in, in place of the one for the same platform."""
        others = [row for row in self.rows if row.platform != facts.platform]
        return replace(self, rows=_sorted((*others, facts)))


class _Document(msgspec.Struct):
    """An entry as it is stored."""

    schema: str
    reference: str
    rows: list[dict[str, Any]]
    common: dict[str, Any] = msgspec.field(default_factory=dict)
    aliases: list[str] = msgspec.field(default_factory=list)


def entry_document(entry: Entry) -> dict[str, Any]:
    """Give an entry as plain JSON values; what all rows share is written once."""
    rows = [plain(row) for row in _sorted(entry.rows)]
    first = rows[0] if rows else {}
    common = {
        key: value
        for key, value in first.items()
        if all(key in row and row[key] == value for row in rows)
    }
    return {
        "schema": SCHEMA,
        "reference": entry.reference,
        "aliases": sorted(set(entry.aliases)),
        "common": common,
        "rows": [{k: v for k, v in row.items() if k not in common} for row in rows],
    }


def encode_entry(entry: Entry) -> bytes:
    """Write an entry as one line of JSON, without the line break."""
    return encode_plain(entry_document(entry))


def decode_entry(content: bytes, where: str) -> Entry:
    """Read an entry.

    Args:
        content: the document.
        where: file, or file and line, named in errors.

    Raises:
        InvalidDocument: not such a document; names `where` and the field.
    """
    document = read(content, _Document, where)
    check_schema(document.schema, SCHEMA, where)
    if not 0 < len(document.rows) <= MAX_ROWS:
        raise InvalidDocument(f"{where}: field rows: 1 to {MAX_ROWS} rows are read")
    if len(document.aliases) > MAX_ALIASES:
        raise InvalidDocument(f"{where}: field aliases: at most {MAX_ALIASES} are read")
    check_reference(document.reference, f"{where}: field reference")
    for number, alias in enumerate(document.aliases):
        check_reference(alias, f"{where}: field aliases[{number}]")
    rows = (
        convert(document.common | row, BaseFacts, f"{where}: rows[{number}]")
        for number, row in enumerate(document.rows)
    )
    return Entry(document.reference, tuple(document.aliases), _sorted(tuple(rows)))


def check_reference(text: str, where: str) -> None:
    """Make sure that a name is what `str(Reference)` would write, with a tag or a digest.

    Raises:
        InvalidDocument: names `where`.
    """
    from bedplate.model.reference import Reference  # noqa: PLC0415 - lazy: its grammar is compiled

    if text == SCRATCH:
        return
    try:
        canonical = str(Reference.parse(text).with_default_tag())
    except InvalidReference as error:
        raise InvalidDocument(f"{where}: {error.message}") from error
    if canonical != text:
        raise InvalidDocument(f"{where}: {text[:200]!r} is not canonical", f"write {canonical}")


def _sorted(rows: tuple[BaseFacts, ...]) -> tuple[BaseFacts, ...]:
    return tuple(sorted(rows, key=lambda row: row.platform or ""))
