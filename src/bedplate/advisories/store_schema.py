"""The shape of a store's file."""

from __future__ import annotations

SCHEMA = 1
"""Raised with every change that an older bedplate would misread; stores are then built anew."""
APPLICATION_ID = 0x62656470
"""`bedp`, at byte 68 of the file: tells a store from any other SQLite database."""

TABLES = """
CREATE TABLE manifest (document BLOB NOT NULL);
CREATE TABLE package (
    namespace TEXT NOT NULL, name TEXT NOT NULL, rows BLOB NOT NULL,
    PRIMARY KEY (namespace, name)
) WITHOUT ROWID;
CREATE TABLE advisory (first INTEGER PRIMARY KEY, block BLOB NOT NULL);
CREATE TABLE enrichment (bucket TEXT PRIMARY KEY, block BLOB NOT NULL) WITHOUT ROWID;
"""

ADVISORIES_PER_BLOCK = 32
"""Neighbours compress well together; a block is what one look-up unpacks."""
_BUCKET_DIGITS = 2


def block_of(key: int) -> int:
    """Give the key of the block that holds an advisory."""
    return key - key % ADVISORIES_PER_BLOCK


def bucket_of(cve: str) -> str:
    """Give the bucket that holds a CVE: its id without the last two digits."""
    return cve[:-_BUCKET_DIGITS]
