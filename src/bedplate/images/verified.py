"""A layer stream that is hashed on a thread of its own, and checked at its end."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

from bedplate.errors import CorruptImage, DigestMismatch
from bedplate.images.read_ahead import ReadAhead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

    from bedplate.images.image_source import ByteReader
    from bedplate.images.progress import Progress
    from bedplate.model.descriptor import Descriptor

_READ = 256 * 1024
_AHEAD = 16  # chunks read ahead: 4 MiB


class VerifiedReader:
    """Reads ahead and hashes while the caller unpacks; both release the interpreter's lock.

    Use as a context manager; `finish` must be called after the last byte was taken.

    Args:
        reader: the raw blob.
        descriptor: its digest and size.
        name: the layer, for messages.
        progress: told how many bytes came.
    """

    def __init__(
        self,
        reader: ByteReader,
        descriptor: Descriptor,
        name: str,
        progress: Progress,
    ) -> None:
        self._reader = reader
        self._descriptor = descriptor
        self._name = name
        self._progress = progress
        self._hash = descriptor.digest.hasher()
        self._ahead = ReadAhead(self._chunks(), _AHEAD)
        self._taken = iter(self._ahead)
        self._rest = b""

    def __enter__(self) -> Self:
        self._ahead.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ahead.__exit__(kind, error, traceback)

    def read(self, size: int, /) -> bytes:
        """Give up to `size` raw bytes, empty at the end."""
        if not self._rest:
            self._rest = next(self._taken, b"")
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def finish(self) -> None:
        """Take what is left and check size and digest.

        Raises:
            CorruptImage: the blob is shorter or longer than its descriptor says.
            DigestMismatch: the bytes are not those of the digest.
        """
        while self.read(_READ):
            pass
        if self._hash.hexdigest() != self._descriptor.digest.hex:
            raise DigestMismatch(
                f"{self._name}: the bytes are not those of {self._descriptor.digest}",
                "the registry, a mirror or a proxy serves damaged content",
            )

    def _chunks(self) -> Iterator[bytes]:
        done, total = 0, self._descriptor.size
        item = self._descriptor.digest.hex[:12]
        while True:
            chunk = self._reader.read(_READ)
            done += len(chunk)
            if done > total or (not chunk and done < total):
                raise CorruptImage(f"{self._name}: {done} bytes came, {total} were announced")
            if not chunk:
                return
            self._hash.update(chunk)
            yield chunk
            self._progress.advance(item, done, total)


@contextlib.contextmanager
def checked(
    blob: AbstractContextManager[ByteReader], descriptor: Descriptor, name: str
) -> Iterator[ByteReader]:
    """Open a blob for a copy: its end is given out only when size and digest are right.

    Args:
        blob: as a source opens it.
        descriptor: its digest and size.
        name: the image, for messages.
    """
    with blob as reader:
        yield _CheckedReader(reader, descriptor, name)


class _CheckedReader:
    """Counts and hashes on the way through."""

    def __init__(self, reader: ByteReader, descriptor: Descriptor, name: str) -> None:
        self._reader = reader
        self._descriptor = descriptor
        self._name = name
        self._hash = descriptor.digest.hasher()
        self._done = 0

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; raises at the end what is wrong with them."""
        piece = self._reader.read(size)
        self._done += len(piece)
        self._hash.update(piece)
        total, digest = self._descriptor.size, self._descriptor.digest
        if self._done > total or (not piece and self._done < total):
            raise CorruptImage(f"{self._name}: {self._done} bytes came, {total} were announced")
        if not piece and self._hash.hexdigest() != digest.hex:
            raise DigestMismatch(f"{self._name}: the bytes are not those of {digest}")
        return piece
