"""Fetch the package index of a release, and keep its names for a day."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import BadInput, BedplateError, LimitExceeded, RegistryError, StorageError
from bedplate.linting.package_names import PackageNames, read_apkindex, read_packages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from _typeshed import WriteableBuffer

    from bedplate.flows.session import Session
    from bedplate.linting.package_sources import IndexFile
    from bedplate.support.http import HttpClient

_SHELF = "package-names"
_FORMAT = "1"  # of what is kept
_MAX_BYTES = 64 * 1024 * 1024
_MAX_UNPACKED = 256 * 1024 * 1024  # Ubuntu's universe has 70 MB
_MAX_KEPT = 128 * 1024 * 1024
_MAX_XZ_MEMORY = 128 * 1024 * 1024
_PATIENCE = 120.0  # seconds for one file
_CHUNK = 1024 * 1024
_MAX_STREAMS = 100  # in one file
_MOVED = "releases that are no longer supported move to another mirror"
_FOUND, _MISSING = 200, frozenset((403, 404, 410))


class DatedNames(NamedTuple):
    """The names of an index, and the ISO date on which it was fetched."""

    names: PackageNames
    date: str


def package_index(files: Sequence[IndexFile], session: Session) -> DatedNames | None:
    """Give the names of a release's index: from the cache when it is of today, else fetched.

    Args:
        files: that make up the index.
        session: cache, day and HTTP client; offline nothing is fetched, and whatever the cache
            has is taken.

    Returns:
        None offline, when the cache has nothing.

    Raises:
        BedplateError: it can't be fetched, or is no index.
    """
    addresses = "\n".join(address for file in files for address in file.addresses)
    key = sha256(addresses.encode()).hexdigest()
    kept = _unpack(session.cache.get(_SHELF, key))
    if session.offline or (kept is not None and kept.date == session.today.isoformat()):
        return kept
    client = session.access.registry().http
    fresh = DatedNames(
        PackageNames(tuple(sorted(_fetch_all(files, client)))), session.today.isoformat()
    )
    try:
        session.cache.put(_SHELF, key, _pack(fresh))
    except StorageError as error:
        session.notify(error.message)
    return fresh


def _fetch_all(files: Sequence[IndexFile], client: HttpClient) -> set[str]:
    """Fetch all parts of an index; a mirror that has none of them was named by mistake."""
    names: set[str] = set()
    silent: dict[str, str] = {}
    useful: set[str] = set()
    for file in files:
        found = _fetch(file, client)
        if found is None:
            silent.setdefault(file.mirror, file.addresses[-1])
        else:
            useful.add(file.mirror)
            names |= found
    for mirror, address in silent.items():
        if mirror not in useful:
            raise BadInput(f"{address} is not there", _MOVED)
    return names


def _fetch(file: IndexFile, client: HttpClient) -> set[str] | None:
    """Fetch a part; None for one that is missing, and may be."""
    from bedplate.support.http_request import Request  # noqa: PLC0415 - lazy: loads the HTTP stack

    for address in file.addresses:
        with client.send(Request(address, kind="package index")) as response:
            if response.status == _FOUND:
                content = response.document(_MAX_BYTES, _PATIENCE)
                return _names(address, content, may_be_empty=file.optional)
            if response.status not in _MISSING:
                raise RegistryError(f"{address} answers with status {response.status}")
    if file.optional:
        return None
    raise BadInput(f"{file.addresses[-1]} is not there", _MOVED)


def _names(address: str, content: bytes, *, may_be_empty: bool) -> set[str]:
    try:
        if address.endswith("APKINDEX.tar.gz"):
            return read_apkindex(_apkindex_member(content, address), address)
        unpacked = _unxz(content) if address.endswith(".xz") else _gunzip(content)
        chunks = _bounded(unpacked, address)
        first = next((chunk for chunk in chunks if chunk), b"")
        if not first and may_be_empty:  # a pocket of a release that is new
            return set()
        return read_packages(chain((first,), chunks), address)
    except BedplateError:
        raise
    except Exception as error:  # each library has its own ways to say "damaged"
        raise BadInput(f"{address}: damaged: {error}") from error


def _unxz(content: bytes) -> Iterator[bytes]:
    """Unpack all streams of an xz file."""
    import lzma  # noqa: PLC0415 - lazy: only for indexes

    data = content
    for _ in range(_MAX_STREAMS):
        unpacker = lzma.LZMADecompressor(memlimit=_MAX_XZ_MEMORY)
        while not unpacker.eof:
            chunk = unpacker.decompress(data, _CHUNK)
            data = b""
            if not chunk and unpacker.needs_input and not unpacker.eof:
                raise lzma.LZMAError("it ends too early")
            yield chunk
        data = unpacker.unused_data
        if not data:
            return
    raise lzma.LZMAError("too many streams")


def _gunzip(content: bytes) -> Iterator[bytes]:
    """Unpack all members of a gzip file."""
    view, at = memoryview(content), 0
    for _ in range(_MAX_STREAMS):
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            rest = unpacker.unconsumed_tail
            data = rest or view[at : at + _CHUNK]
            at += 0 if rest else len(data)
            chunk = unpacker.decompress(data, _CHUNK)
            if not data and not chunk and not unpacker.eof:
                raise zlib.error("it ends too early")
            yield chunk
        at -= len(unpacker.unused_data)
        if at >= len(view):
            return
    raise zlib.error("too many members")


def _bounded(chunks: Iterable[bytes], address: str) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > _MAX_UNPACKED:
            raise LimitExceeded(f"{address}: unpacks to more than {_MAX_UNPACKED} bytes")
        yield chunk


def _apkindex_member(content: bytes, address: str) -> Iterator[bytes]:
    """Give the text of the index: a member of a tar of several gzip members, signature first."""
    import tarfile  # noqa: PLC0415 - lazy: only for indexes

    unpacked = io.BufferedReader(_Chunks(_bounded(_gunzip(content), address)))
    with tarfile.open(fileobj=unpacked, mode="r|") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name == "APKINDEX" else None
            if file is not None:
                while chunk := file.read(_CHUNK):
                    yield chunk
                return
    raise BadInput(f"{address}: holds no APKINDEX")


class _Chunks(io.RawIOBase):
    """Chunks as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        target = memoryview(buffer)
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        size = min(len(target), len(self._rest))
        target[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _pack(dated: DatedNames) -> bytes:
    import zstandard  # noqa: PLC0415 - lazy: only for indexes

    text = "\n".join((_FORMAT, dated.date, *dated.names.names))
    return zstandard.ZstdCompressor(level=9).compress(text.encode())


def _unpack(content: bytes | None) -> DatedNames | None:
    """Read what `_pack` wrote; None for what is damaged or of another version."""
    import zstandard  # noqa: PLC0415 - lazy: only for indexes

    if content is None:
        return None
    try:
        if zstandard.frame_content_size(content) > _MAX_KEPT:
            return None
        text = zstandard.ZstdDecompressor().decompress(content, max_output_size=_MAX_KEPT)
        form, date, *names = text.decode().split("\n")
        dt.date.fromisoformat(date)
    except (zstandard.ZstdError, ValueError):
        return None
    return DatedNames(PackageNames(tuple(names)), date) if form == _FORMAT and names else None
