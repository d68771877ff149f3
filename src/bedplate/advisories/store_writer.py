"""Writes a store beside its place, checks it, and moves it there."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advisories.draft import Draft
from bedplate.advisories.manifest_document import encode_manifest
from bedplate.advisories.packing import pack
from bedplate.advisories.record import Record
from bedplate.advisories.store_schema import (
    ADVISORIES_PER_BLOCK,
    APPLICATION_ID,
    SCHEMA,
    TABLES,
    bucket_of,
)
from bedplate.errors import CorruptStore, StorageError
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bedplate.advisories.draft import Finished
    from bedplate.advisories.packing import PackedEnrichment
    from bedplate.advisories.record import Enrichment
    from bedplate.model.store_manifest import StoreManifest


def write_store(
    path: Path, head: StoreManifest, items: Iterable[Record | Enrichment | Skipped]
) -> StoreManifest:
    """Write a store of everything that formats gave.

    Args:
        path: its file; readers see the old or the new one, never a part.
        head: its manifest; schema, namespaces and counts are set here.
        items: what goes into it.

    Returns:
        the manifest as written.

    Raises:
        StorageError: the disk is full or read-only; the old file is untouched.
    """
    draft = Draft()
    for item in items:
        if isinstance(item, Record):
            draft.add(item.advisory, item.affected)
        elif not isinstance(item, Skipped):
            draft.enrich(item)
    return write_draft(path, head, draft)


def write_draft(path: Path, head: StoreManifest, draft: Draft) -> StoreManifest:
    """Write a store of a draft: see `write_store`."""
    finished = draft.finish()
    manifest = replace(
        head,
        schema=SCHEMA,
        namespaces=draft.namespaces,
        advisories=len(finished.advisories) or sum(1 for _ in finished.enrichments()),
        packages=draft.packages,
    )
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(temporary, manifest, finished)
        _sync(temporary)
        temporary.replace(path)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise StorageError(
            f"cannot write {path}: {reason}", "free some space, or choose another folder"
        ) from error
    finally:
        for suffix in ("", "-journal"):
            with contextlib.suppress(OSError):
                temporary.with_name(temporary.name + suffix).unlink()
    return manifest


def _write(path: Path, manifest: StoreManifest, finished: Finished) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {SCHEMA}")
        # nobody reads the file before it is whole and synced
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(TABLES)
        database.execute("BEGIN")
        database.execute("INSERT INTO manifest VALUES (?)", (encode_manifest(manifest),))
        database.executemany(
            "INSERT INTO package VALUES (?, ?, ?)",
            ((space, name, pack(rows)) for space, name, rows in finished.packages),
        )
        database.executemany("INSERT INTO advisory VALUES (?, ?)", _blocks(finished))
        database.executemany("INSERT INTO enrichment VALUES (?, ?)", _buckets(finished))
        database.execute("COMMIT")
        if database.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise CorruptStore(f"{path} was not written whole", "check the disk")


def _blocks(finished: Finished) -> Iterator[tuple[int, bytes]]:
    advisories = finished.advisories
    for first in range(0, len(advisories), ADVISORIES_PER_BLOCK):
        yield first, pack(advisories[first : first + ADVISORIES_PER_BLOCK])


def _buckets(finished: Finished) -> Iterator[tuple[str, bytes]]:
    """Put CVEs into buckets; ids of one bucket need not lie side by side when sorted."""
    buckets: dict[str, dict[str, PackedEnrichment]] = {}
    for cve, said in finished.enrichments():
        buckets.setdefault(bucket_of(cve), {})[cve] = said
    for bucket, content in buckets.items():
        yield bucket, pack(content)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
