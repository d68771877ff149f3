"""The RPM database of today: `rpmdb.sqlite`, a table of header blobs.

Source: rpm's sources, lib/backend/sqlite.c.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory import sqlite_table

if TYPE_CHECKING:
    from collections.abc import Iterator


def headers(content: bytes, log: bytes = b"") -> Iterator[bytes]:
    """Walk the header blobs.

    Args:
        content: the whole database.
        log: its write-ahead log, if any.

    Raises:
        InvalidDocument: not such a database, or a broken one.
    """
    for row in sqlite_table.rows(content, "Packages", log):
        blob = row[1] if len(row) > 1 else None
        if not isinstance(blob, bytes):
            raise InvalidDocument("an RPM database with a row that is no header")
        yield blob
