"""Decompressed bytes, taken or skipped in pieces of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import CorruptImage

if TYPE_CHECKING:
    from collections.abc import Iterator


class ByteStream:
    """A cursor over an iterator of chunks; holds no more than one chunk and one request.

    Args:
        chunks: the bytes, in chunks of any size.
        name: what is read, for messages.
    """

    def __init__(self, chunks: Iterator[bytes], name: str) -> None:
        self._chunks = chunks
        self._chunk = b""
        self._at = 0
        self.name = name

    def take(self, size: int) -> bytes:
        """Give exactly `size` bytes, or none at all when the stream ends right here.

        Raises:
            CorruptImage: the stream ends in between.
        """
        end = self._at + size
        if end <= len(self._chunk):
            piece = self._chunk[self._at : end]
            self._at = end
            return piece
        pieces = [piece for piece in self.pieces(size, whole=False) if piece]
        content = b"".join(pieces)
        if content and len(content) < size:
            raise self._truncated()
        return content

    def skip(self, size: int) -> None:
        """Leave `size` bytes out.

        Raises:
            CorruptImage: the stream ends before.
        """
        left = size - (len(self._chunk) - self._at)
        while left > 0:
            self._chunk = next(self._chunks, b"")
            if not self._chunk:
                raise self._truncated()
            self._at = 0
            left -= len(self._chunk)
            size = left + len(self._chunk)
        self._at += size

    def pieces(self, size: int, *, whole: bool = True) -> Iterator[bytes]:
        """Give `size` bytes in pieces as they come.

        Raises:
            CorruptImage: the stream ends before, and `whole` was asked for.
        """
        while size > 0:
            if self._at >= len(self._chunk):
                self._chunk = next(self._chunks, b"")
                self._at = 0
                if not self._chunk:
                    if whole:
                        raise self._truncated()
                    return
            piece = self._chunk[self._at : self._at + size]
            self._at += len(piece)
            size -= len(piece)
            yield piece

    def starts_with(self, prefix: bytes) -> bool:
        """Tell how the next bytes begin, without taking them."""
        while len(self._chunk) - self._at < len(prefix):
            more = next(self._chunks, b"")
            if not more:
                return False
            self._chunk = self._chunk[self._at :] + more
            self._at = 0
        return self._chunk.startswith(prefix, self._at)

    def drain(self) -> None:
        """Read to the end, so that whatever checks the bytes has seen them all."""
        for _ in self._chunks:
            pass

    def _truncated(self) -> CorruptImage:
        return CorruptImage(f"{self.name}: the tar ends in the middle of an entry")
