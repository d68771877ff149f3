"""Layers unpacked, by what their first bytes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded
from bedplate.images import compressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.image_source import ByteReader
    from bedplate.images.limits import Limits

_SNIFF = 512


class _Rewound:
    """A reader with its first bytes put back."""

    def __init__(self, start: bytes, reader: ByteReader) -> None:
        self._start = start
        self._reader = reader

    def read(self, size: int, /) -> bytes:
        """Give the bytes put back, then the rest."""
        if self._start:
            piece, self._start = self._start[:size], self._start[size:]
            return piece
        return self._reader.read(size)


def unpack(reader: ByteReader, name: str, limits: Limits) -> Iterator[bytes]:
    """Unpack a layer by what its bytes are; media types lie, first bytes do not.

    Args:
        reader: the packed stream.
        name: the layer, for messages.
        limits: `layer_bytes`, `ratio` and `ratio_from` bound the output.

    Raises:
        CorruptImage: truncated or undecodable bytes.
        LimitExceeded: more output than allowed, or a decompression bomb.
    """
    counted = _Counted(reader)
    start = counted.read(_SNIFF)
    for compression in compressions.COMPRESSIONS:
        if not compression.MAGIC or start.startswith(compression.MAGIC):
            break
    done = 0
    for chunk in compression.chunks(_Rewound(start, counted), name):
        done += len(chunk)
        if done > limits.layer_bytes:
            raise LimitExceeded(
                f"{name}: more than {limits.layer_bytes} bytes unpacked", "bedplate stops there"
            )
        if done > limits.ratio_from and done > limits.ratio * counted.done:
            raise LimitExceeded(
                f"{name}: a decompression bomb, {done} bytes out of {counted.done}",
                "do not run this image",
            )
        yield chunk


class _Counted:
    """A reader that knows how much it gave."""

    def __init__(self, reader: ByteReader) -> None:
        self._reader = reader
        self.done = 0

    def read(self, size: int, /) -> bytes:
        """Give bytes and count them."""
        piece = self._reader.read(size)
        self.done += len(piece)
        return piece
