"""A store as it travels: compressed, named, and checked before it takes its place."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from typing import TYPE_CHECKING, NamedTuple

import zstandard

from bedplate.advisories.store import open_store
from bedplate.advisories.stores import SUFFIX
from bedplate.errors import BadInput, InvalidDocument, StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bedplate.model.store_manifest import StoreManifest

MAX_STORE = 2 * 1024**3
"""Bytes of one store, unpacked."""
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")


class PackedStore(NamedTuple):
    """A store on its way.

    Args:
        manifest: its manifest.
        content: its file, compressed with zstd.
        sha256: of the file as it was, in hex.
    """

    manifest: StoreManifest
    content: bytes
    sha256: str


def pack_stores(folder: Path, names: Sequence[str] = ()) -> tuple[PackedStore, ...]:
    """Pack stores to hand them on, sorted by name.

    Args:
        folder: where they are.
        names: which; none for all that may be handed on.

    Raises:
        BadInput: one of the names is not there, or may not be handed on; or there is none.
        CorruptStore: one can't be read.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    there = {path.name.removesuffix(SUFFIX): path for path in paths if path.name[0] != "."}
    for name in names:
        if name not in there:
            raise BadInput(f"there is no store {name}", "`bedplate db status` lists them")
    packed = [_pack(there[name], asked=bool(names)) for name in sorted(names or there)]
    found = tuple(one for one in packed if one is not None)
    if not found:
        raise BadInput("there is no store that may be handed on", "run `bedplate db update` first")
    return found


def _pack(path: Path, *, asked: bool) -> PackedStore | None:
    store = open_store(path)
    manifest = store.manifest
    store.close()
    if not manifest.redistributable:
        if asked:
            raise BadInput(
                f"{manifest.name} may not be handed on: {manifest.licence}",
                "fetch it with `bedplate db update` where it is used",
            )
        return None
    content = path.read_bytes()
    compressor = zstandard.ZstdCompressor(level=12)
    return PackedStore(manifest, compressor.compress(content), hashlib.sha256(content).hexdigest())


def unpack_store(name: str, content: bytes, sha256: str, folder: Path) -> StoreManifest:
    """Unpack a store beside its place, check it, and move it there.

    Args:
        name: of the store.
        content: compressed with zstd.
        sha256: of the file that must come out, in hex.
        folder: where stores are.

    Raises:
        InvalidDocument: damaged, too large, or not the store of that name.
        CorruptStore: not a store, or of another schema.
        StorageError: the folder can't be written.
    """
    if not _NAME.fullmatch(name) or len(name) > 80:
        raise InvalidDocument(f"{name!r:.80} is not the name of a store")
    path = folder / f"{name}{SUFFIX}"
    temporary = folder / f".{path.name}.{os.urandom(8).hex()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(_unpacked(name, content, sha256))
        store = open_store(temporary)
        manifest = store.manifest
        whole = store.is_whole()
        store.close()
        if manifest.name != name or not whole:
            raise InvalidDocument(f"{name}: not a whole store of this name")
        temporary.replace(path)
    except OSError as error:
        raise StorageError(
            f"cannot write {path}: {error.strerror or error}", "free some space"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    return manifest


def _unpacked(name: str, content: bytes, sha256: str) -> bytes:
    try:
        size = zstandard.frame_content_size(content)
        if not 0 <= size <= MAX_STORE:
            raise InvalidDocument(f"{name}: larger than a store can be")
        unpacked = zstandard.decompress(content, max_output_size=MAX_STORE)
    except zstandard.ZstdError as error:
        raise InvalidDocument(f"{name}: {error}", "export or push it again") from error
    if hashlib.sha256(unpacked).hexdigest() != sha256:
        raise InvalidDocument(f"{name}: not the bytes of its digest", "export or push it again")
    return unpacked
