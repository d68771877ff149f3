"""The contract of an entry on the shelf `compressions/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.image_source import ByteReader


class Compression(Protocol):
    """One way in which layers are packed.

    MAGIC are the first bytes that tell it, any of them (empty tuple: the fallback).
    """

    NAME: str
    MAGIC: tuple[bytes, ...]

    def chunks(self, reader: ByteReader, name: str) -> Iterator[bytes]:
        """Unpack a stream in bounded chunks.

        Raises:
            CorruptImage: truncated or undecodable bytes.
        """
        ...
