"""Layers that are plain tars."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.image_source import ByteReader

NAME = "none"
MAGIC: tuple[bytes, ...] = ()

_READ = 1024 * 1024


def chunks(reader: ByteReader, name: str) -> Iterator[bytes]:  # noqa: ARG001 - the contract's
    """Hand the bytes on."""
    while chunk := reader.read(_READ):
        yield chunk
