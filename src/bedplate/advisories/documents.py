"""Local copies of feeds, unpacked document by document within bounds."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import lzma
import tarfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Protocol, cast

import zstandard

from bedplate.errors import BadInput, InvalidDocument, LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Readable(Protocol):
    """What bytes can be taken from."""

    def read(self, size: int = ..., /) -> bytes:
        """Give bytes, none at the end."""
        ...


MIB = 1024 * 1024
MAX_DOCUMENT = 1024 * MIB
"""Bytes of one document, unpacked; the largest public ones have 300 MB."""
MAX_TOTAL = 64 * 1024 * MIB
MAX_MEMBERS = 2_000_000
MAX_RATIO = 200
"""Unpacked bytes for each packed one, once past `RATIO_FROM`; JSON packs some 20 times."""
RATIO_FROM = 64 * MIB
_CHUNK = MIB
_BROKEN = (
    *(OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zstandard.ZstdError),
    *(tarfile.TarError, zipfile.BadZipFile, NotImplementedError, RuntimeError),
)
_PACKINGS: tuple[tuple[bytes, Callable[[IO[bytes]], Readable]], ...] = (
    (b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)),
    (b"\x28\xb5\x2f\xfd", lambda file: zstandard.ZstdDecompressor().stream_reader(file)),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
)
_ENDINGS = (".gz", ".zst", ".zstd", ".xz")


def each_document(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give every document of a file, an archive or a folder, with its name.

    Args:
        path: JSON, CSV, YAML, ..., plain or packed with gzip, zstd or xz; a zip or a tar of
            such files; or a folder of any of these, read in the order of names.

    Raises:
        InvalidDocument: cut off or damaged; also while reading.
        LimitExceeded: more than bedplate will read; also while reading.
    """
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.is_file() and not _is_hidden(child, path):
                yield from each_document(child)
        return
    with _telling(str(path)), path.open("rb") as file:
        budget = _Budget(str(path), path.stat().st_size)
        yield from _documents(path.name, file, budget)


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file, or of a folder's files with their names, in hex.

    Raises:
        InvalidDocument: it can't be read.
    """
    hasher = hashlib.sha256()
    with _telling(str(path)):
        if path.is_dir():
            for child in sorted(path.rglob("*")):
                if child.is_file() and not _is_hidden(child, path):
                    hasher.update(f"{child.relative_to(path)}\0{digest_of(child)}\n".encode())
            return hasher.hexdigest()
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                hasher.update(chunk)
    return hasher.hexdigest()


class _Budget:
    """Counts what comes out of one file."""

    def __init__(self, name: str, packed: int) -> None:
        self._name, self._packed = name, packed
        self._members = self._bytes = 0

    def member(self) -> None:
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise LimitExceeded(f"{self._name} has more than {MAX_MEMBERS} members")

    def take(self, size: int) -> None:
        self._bytes += size
        ratio_exceeded = self._bytes > max(RATIO_FROM, self._packed * MAX_RATIO)
        if ratio_exceeded or self._bytes > MAX_TOTAL:
            raise LimitExceeded(f"{self._name} unpacks to more than bedplate will read")

    def read(self, file: Readable, name: str) -> bytes:
        """Read a document whole."""
        self.member()
        pieces: list[bytes] = []
        size = 0
        while piece := file.read(_CHUNK):
            size += len(piece)
            self.take(len(piece))
            if size > MAX_DOCUMENT:
                raise LimitExceeded(f"{name} in {self._name} is larger than 1 GiB")
            pieces.append(piece)
        return b"".join(pieces)


def _documents(name: str, file: IO[bytes], budget: _Budget) -> Iterator[tuple[str, bytes]]:
    head = file.read(6)
    file.seek(0)
    if head.startswith(b"PK"):
        yield from _zip(file, budget)
        return
    unpack = next((opener for magic, opener in _PACKINGS if head.startswith(magic)), None)
    ending = next((e for e in _ENDINGS if name.endswith(e)), "") if unpack else ""
    plain = name.removesuffix(ending) if ending else name
    stream = unpack(file) if unpack else file
    if plain.endswith((".tar", ".tgz")):
        yield from _tar(stream, budget)
    else:
        yield plain, budget.read(stream, plain)


def _zip(file: IO[bytes], budget: _Budget) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if not member.is_dir():
                with archive.open(member) as content:
                    yield member.filename, budget.read(content, member.filename)


def _tar(file: Readable, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=cast("IO[bytes]", file), mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None:
                yield member.name, budget.read(content, member.name)


@contextlib.contextmanager
def _telling(name: str) -> Iterator[None]:
    """Say in our words that a file is damaged."""
    try:
        yield
    except BadInput:
        raise
    except _BROKEN as error:
        raise InvalidDocument(
            f"{name} can't be read: {str(error) or type(error).__name__}", "fetch it again"
        ) from error


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)
