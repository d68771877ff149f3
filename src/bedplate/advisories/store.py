"""Reads a store."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import msgspec

from bedplate.advisories.manifest_document import decode_manifest
from bedplate.advisories.packing import (
    unpack_advisory,
    unpack_block,
    unpack_bucket,
    unpack_enrichment,
    unpack_ratings,
    unpack_rows,
)
from bedplate.advisories.store_schema import APPLICATION_ID, SCHEMA, block_of, bucket_of
from bedplate.errors import CorruptStore

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from bedplate.advisories.packing import PackedEnrichment
    from bedplate.advisories.row import Row
    from bedplate.model.advisory import Advisory
    from bedplate.model.rating import Rating
    from bedplate.model.store_manifest import StoreManifest

    T = TypeVar("T")
    U = TypeVar("U")

_HINT = "fetch it anew with `bedplate db update`"
_LOCK_PATIENCE = 2.0  # seconds; stores are swapped, not written, so a lock is a stranger's
_MAX_MANIFEST = 16 * 1024 * 1024


class Store:
    """One store, open for reading; safe for many threads.

    Every method raises CorruptStore when the file turns out to be damaged.

    Args:
        database: a connection, which this closes.
        name: the file, named in errors.
    """

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        self._database = database
        self._name = name
        self._lock = threading.Lock()
        self.manifest: StoreManifest = self._read_manifest()

    def rows(self, namespace: str, names: Collection[str]) -> dict[str, tuple[Row, ...]]:
        """Give the rows of packages; packages that the store does not know are left out.

        A store that is about a few packages knows those without advisories too: they have no
        rows.

        Args:
            namespace: `deb:debian:12`, `npm`, ...
            names: as the namespace writes them, see `namespaces.normalise`.
        """
        query = (
            "SELECT name, rows FROM package "
            "WHERE namespace = ? AND name IN (SELECT value FROM json_each(?))"
        )
        asked = msgspec.json.encode([name for name in names if name.isprintable()]).decode()
        with self._reading() as cursor:
            found = cursor.execute(query, (namespace, asked)).fetchall()
        return {name: self._unpack(unpack_rows, block) for name, block in found}

    def advisories(self, keys: Collection[int]) -> dict[int, Advisory]:
        """Give advisories by the keys that rows hold.

        Raises:
            CorruptStore: there is no such advisory.
        """
        found: dict[int, Advisory] = {}
        blocks: dict[int, tuple[msgspec.Raw, ...]] = {}
        with self._reading() as cursor:
            for key in keys:
                first = block_of(key)
                if first not in blocks:
                    blocks[first] = self._block(cursor, first)
                if key - first >= len(blocks[first]):
                    raise self._corrupt(f"advisory {key} is missing")
                found[key] = self._unpack(unpack_advisory, blocks[first][key - first])
        return found

    def ratings(self, cves: Collection[str]) -> dict[str, tuple[Rating, ...]]:
        """Give every source's statement on the gravity of CVEs."""
        return {
            cve: self._unpack(unpack_ratings, said.ratings)
            for cve, said in self._enrichments(cves)
            if said.ratings
        }

    def epss(self, cves: Collection[str]) -> dict[str, tuple[float, float]]:
        """Give the probability of exploitation, and its percentile, of CVEs."""
        return {cve: said.epss for cve, said in self._enrichments(cves) if said.epss}

    def kev(self, cves: Collection[str]) -> dict[str, str]:
        """Give the ISO date on which CISA listed CVEs as exploited."""
        return {cve: said.kev for cve, said in self._enrichments(cves) if said.kev}

    def packages(self) -> list[tuple[str, str]]:
        """List namespace and name of every package, sorted."""
        with self._reading() as cursor:
            return list(cursor.execute("SELECT namespace, name FROM package"))

    def is_whole(self) -> bool:
        """Read every page, and tell whether SQLite finds nothing wrong."""
        with self._reading() as cursor:
            found: list[tuple[str]] = cursor.execute("PRAGMA quick_check").fetchall()
            return found == [("ok",)]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _enrichments(self, cves: Collection[str]) -> list[tuple[str, PackedEnrichment]]:
        query = "SELECT block FROM enrichment WHERE bucket = ?"
        buckets: dict[str, dict[str, msgspec.Raw]] = {}
        found: list[tuple[str, PackedEnrichment]] = []
        with self._reading() as cursor:
            for cve in cves:
                bucket = bucket_of(cve)
                if bucket not in buckets:
                    line = cursor.execute(query, (bucket,)).fetchone()
                    buckets[bucket] = self._unpack(unpack_bucket, line[0]) if line else {}
                if cve in buckets[bucket]:
                    found.append((cve, self._unpack(unpack_enrichment, buckets[bucket][cve])))
        return found

    def _block(self, cursor: sqlite3.Cursor, first: int) -> tuple[msgspec.Raw, ...]:
        query = "SELECT block FROM advisory WHERE first = ?"
        line = cursor.execute(query, (first,)).fetchone()
        return self._unpack(unpack_block, line[0]) if line else ()

    def _read_manifest(self) -> StoreManifest:
        with self._reading() as cursor:
            application = cursor.execute("PRAGMA application_id").fetchone()[0]
            if application != APPLICATION_ID:
                raise CorruptStore(f"{self._name} is not an advisory store", _HINT)
            schema = cursor.execute("PRAGMA user_version").fetchone()[0]
            if schema != SCHEMA:
                raise CorruptStore(
                    f"{self._name} has schema {schema}, this bedplate reads {SCHEMA}", _HINT
                )
            line = cursor.execute("SELECT document FROM manifest").fetchone()
            if line is None or not isinstance(line[0], bytes) or len(line[0]) > _MAX_MANIFEST:
                raise self._corrupt("no manifest")
            return self._unpack(decode_manifest, line[0])

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Cursor]:
        """Hold the connection, and tell what SQLite finds wrong in our words."""
        with self._lock:
            try:
                with contextlib.closing(self._database.cursor()) as cursor:
                    yield cursor
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise self._corrupt(str(error)) from error

    def _unpack(self, unpack: Callable[[T], U], block: T) -> U:
        try:
            return unpack(block)
        except (TypeError, ValueError, msgspec.MsgspecError) as error:
            raise self._corrupt(str(error)) from error

    def _corrupt(self, reason: str) -> CorruptStore:
        return CorruptStore(f"{self._name} can't be read: {reason}", _HINT)


def open_store(path: Path, *, embedded: bool = False) -> Store:
    """Open a store for reading only.

    Args:
        path: its file.
        embedded: whether it came with the program; its manifest then says so.

    Raises:
        CorruptStore: damaged, locked, of another schema, or no store at all.
    """
    try:
        address = f"file:{quote(str(path.absolute()))}?mode=ro"
        database = sqlite3.connect(
            address, uri=True, timeout=_LOCK_PATIENCE, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise CorruptStore(f"{path} can't be opened: {error}", _HINT) from error
    return _made(database, str(path), embedded=embedded)


def open_bytes(content: bytes, name: str) -> Store:
    """Open a store that came with the program, in memory.

    Args:
        content: the file.
        name: for errors.

    Raises:
        CorruptStore: as for `open_store`.
    """
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.deserialize(content)
    return _made(database, name, embedded=True)


def _made(database: sqlite3.Connection, name: str, *, embedded: bool) -> Store:
    try:
        store = Store(database, name)
    except BaseException:
        database.close()
        raise
    if embedded:
        store.manifest = replace(store.manifest, embedded=True)
    return store
