"""Zstandard (RFC 8878)."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, cast

from bedplate.errors import CorruptImage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.image_source import ByteReader

NAME = "zstd"
# a frame, or a skippable frame in front of it (zstd:chunked writes those at the end)
MAGIC: tuple[bytes, ...] = (
    b"\x28\xb5\x2f\xfd",
    *(bytes((0x50 | n, 0x2A, 0x4D, 0x18)) for n in range(16)),
)

_READ = 256 * 1024
_WRITE = 1024 * 1024
_MAX_WINDOW = 128 * 1024 * 1024  # `zstd --long` default; larger asks for our memory


def chunks(reader: ByteReader, name: str) -> Iterator[bytes]:
    """Unpack one or more zstd frames."""
    import zstandard  # noqa: PLC0415 - lazy: only when a layer is read

    unpacker = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW)
    source = cast("IO[bytes]", reader)  # only its `read` is used
    stream = unpacker.stream_reader(source, read_size=_READ, read_across_frames=True)
    empty = True
    try:
        while chunk := stream.read(_WRITE):
            empty = False
            yield chunk
    except zstandard.ZstdError as error:
        raise CorruptImage(f"{name}: broken zstd data: {error}") from error
    if empty:
        # the library takes a cut frame for an end; what it gave is then too short a tar,
        # and where it gave nothing, nobody else would notice
        raise CorruptImage(f"{name}: the zstd data ends too early")
