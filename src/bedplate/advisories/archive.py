"""Stores in one file, to carry them where there is no network.

A tar: `index.json` with name, date and digest of every store, then each of them as
`<name>.sqlite.zst`.
"""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import msgspec

from bedplate.advisories.packed_store import MAX_STORE, PackedStore, unpack_store
from bedplate.errors import InvalidDocument, LimitExceeded, StorageError
from bedplate.support.cache import write_atomically

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bedplate.model.store_manifest import StoreManifest

SCHEMA = "bedplate/advisories/1"
_INDEX = "index.json"
_MAX_INDEX = 4 * 1024 * 1024
_MAX_STORES = 1_000
_HINT = "export it again"


class _Entry(msgspec.Struct):
    name: str
    sha256: str
    as_of: str = ""


class _Index(msgspec.Struct):
    schema: str
    stores: list[_Entry]


def export_stores(stores: Sequence[PackedStore], path: Path) -> None:
    """Write stores to a file; the same stores give the same bytes.

    Raises:
        StorageError: it can't be written; what was there is as it was.
    """
    entries = [_Entry(one.manifest.name, one.sha256, one.manifest.as_of) for one in stores]
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        _add(archive, _INDEX, msgspec.json.encode(_Index(SCHEMA, entries)))
        for one in stores:
            _add(archive, f"{one.manifest.name}.sqlite.zst", one.content)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, file.getvalue())
    except OSError as error:
        raise StorageError(
            f"cannot write {path}: {error.strerror or error}", "free some space, or choose a path"
        ) from error


def import_stores(path: Path, folder: Path) -> tuple[StoreManifest, ...]:
    """Read stores from a file; each is checked before it takes its place.

    Args:
        path: a file that `export_stores` wrote.
        folder: where stores are.

    Raises:
        InvalidDocument: cut off, damaged, or no such file.
        LimitExceeded: more than bedplate will read.
        StorageError: the folder can't be written.
    """
    try:
        with tarfile.open(path, mode="r:") as archive:
            index = _read_index(archive, path)
            return tuple(
                unpack_store(
                    entry.name,
                    _member(archive, f"{entry.name}.sqlite.zst", MAX_STORE),
                    entry.sha256,
                    folder,
                )
                for entry in index.stores
            )
    except (OSError, tarfile.TarError, KeyError, EOFError) as error:
        raise InvalidDocument(f"{path} can't be read: {error}", _HINT) from error


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o644
    archive.addfile(member, io.BytesIO(content))


def _read_index(archive: tarfile.TarFile, path: Path) -> _Index:
    try:
        index = msgspec.json.decode(_member(archive, _INDEX, _MAX_INDEX), type=_Index)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(f"{path}: {_INDEX}: {error}", _HINT) from error
    if index.schema != SCHEMA:
        raise InvalidDocument(
            f"{path} is of schema {index.schema!r:.60}, this bedplate reads {SCHEMA}", _HINT
        )
    if len(index.stores) > _MAX_STORES:
        raise LimitExceeded(f"{path} holds more than {_MAX_STORES} stores")
    return index


def _member(archive: tarfile.TarFile, name: str, limit: int) -> bytes:
    member = archive.getmember(name)
    file = archive.extractfile(member)
    if member.size > limit or file is None:
        raise LimitExceeded(f"{name} is larger than bedplate will read")
    content = file.read()
    if len(content) != member.size:
        raise EOFError(f"{name} is cut off")
    return content
