"""Gzip (RFC 1952), by ISA-L."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bedplate.errors import CorruptImage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.image_source import ByteReader

NAME = "gzip"
MAGIC: tuple[bytes, ...] = (b"\x1f\x8b",)

_READ = 256 * 1024
_WRITE = 1024 * 1024
_GZIP_WINDOW = 31  # window bits 15, plus 16 for the gzip wrapper


def chunks(reader: ByteReader, name: str) -> Iterator[bytes]:
    """Unpack one or more gzip members."""
    from isal import igzip_lib, isal_zlib  # noqa: PLC0415 - lazy: only when a layer is read

    broken = cast("type[Exception]", igzip_lib.IsalError)  # its stub says otherwise
    packed = reader.read(_READ)
    while packed:
        member = isal_zlib.decompressobj(_GZIP_WINDOW)
        while not member.eof:
            try:
                chunk = member.decompress(packed, _WRITE)
            except broken as error:
                raise CorruptImage(f"{name}: broken gzip data: {error}") from error
            if chunk:
                yield chunk
            packed = member.unconsumed_tail
            if not packed and not member.eof:
                packed = reader.read(_READ)
                # with no input left, a full output buffer may still hold the end
                if not packed and not chunk:
                    raise CorruptImage(f"{name}: the gzip data ends too early")
        packed = member.unused_data or reader.read(_READ)
        if packed and not packed.startswith(MAGIC[0]):
            if packed.strip(b"\0"):
                raise CorruptImage(f"{name}: bytes after the gzip data")
            return
