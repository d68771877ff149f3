"""Values as compressed blocks of bytes, and back."""

from __future__ import annotations

import threading
from typing import Any

import msgspec
import zstandard

from bedplate.advisories.row import Row
from bedplate.model.advisory import Advisory
from bedplate.model.rating import Level, Rating

_WORTHWHILE = 96  # bytes; shorter blocks grow when compressed
_MAX_BLOCK = 64 * 1024 * 1024
_PLAIN, _ZSTD = b"\0", b"\1"
_LOCAL = threading.local()
_COMPRESSOR = zstandard.ZstdCompressor(level=9, write_checksum=False)


class PackedAdvisory(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An advisory as it lies in a store."""

    id: str
    feed: str
    cves: tuple[str, ...]
    aliases: tuple[str, ...]
    published: str
    modified: str
    ratings: tuple[tuple[str, int, float | None, str], ...]
    summary: str


class PackedEnrichment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a store says of one CVE."""

    ratings: tuple[tuple[str, int, float | None, str], ...] = ()
    epss: tuple[float, float] | None = None
    kev: str = ""


_ENCODER = msgspec.msgpack.Encoder()
_ROWS = msgspec.msgpack.Decoder(tuple[Row, ...])
# of a block only a few members are wanted: the others are not looked into
_BLOCK = msgspec.msgpack.Decoder(tuple[msgspec.Raw, ...])
_BUCKET = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])
_ADVISORY = msgspec.msgpack.Decoder(PackedAdvisory)
_ENRICHMENT = msgspec.msgpack.Decoder(PackedEnrichment)


def pack(value: Any) -> bytes:
    """Encode a value, compressed when that makes it shorter."""
    content = _ENCODER.encode(value)
    if len(content) > _WORTHWHILE:
        compressed = _COMPRESSOR.compress(content)
        if len(compressed) < len(content):
            return _ZSTD + compressed
    return _PLAIN + content


def unpack_rows(block: bytes) -> tuple[Row, ...]:
    """Decode the rows of a package.

    Raises:
        ValueError, msgspec.MsgspecError: not what `pack` wrote; so do the functions below.
    """
    return _ROWS.decode(_content(block))


def unpack_block(block: bytes) -> tuple[msgspec.Raw, ...]:
    """Part a block into advisories, for `unpack_advisory`."""
    return _BLOCK.decode(_content(block))


def unpack_advisory(packed: msgspec.Raw) -> Advisory:
    """Decode one advisory of a block."""
    return _advisory(_ADVISORY.decode(packed))


def unpack_bucket(block: bytes) -> dict[str, msgspec.Raw]:
    """Part a bucket into CVEs, for `unpack_enrichment`."""
    return _BUCKET.decode(_content(block))


def unpack_enrichment(packed: msgspec.Raw) -> PackedEnrichment:
    """Decode what a bucket says of one CVE."""
    return _ENRICHMENT.decode(packed)


def pack_ratings(ratings: tuple[Rating, ...]) -> tuple[tuple[str, int, float | None, str], ...]:
    """Turn ratings into what a block holds."""
    return tuple((item.source, int(item.level), item.score, item.vector) for item in ratings)


def unpack_ratings(
    packed: tuple[tuple[str, int, float | None, str], ...],
) -> tuple[Rating, ...]:
    """Turn what a block holds into ratings."""
    return tuple(
        Rating(source, Level(level), score, vector) for source, level, score, vector in packed
    )


def pack_advisory(advisory: Advisory) -> PackedAdvisory:
    """Turn an advisory into what a block holds."""
    return PackedAdvisory(
        advisory.id,
        advisory.feed,
        advisory.cves,
        advisory.aliases,
        advisory.published,
        advisory.modified,
        pack_ratings(advisory.ratings),
        advisory.summary,
    )


def _advisory(packed: PackedAdvisory) -> Advisory:
    return Advisory(
        packed.id,
        packed.feed,
        packed.cves,
        packed.aliases,
        packed.published,
        packed.modified,
        unpack_ratings(packed.ratings),
        packed.summary,
    )


def _decompressor() -> zstandard.ZstdDecompressor:
    """Give this thread's decompressor: one is costly to make, and is not for two threads."""
    found: zstandard.ZstdDecompressor | None = getattr(_LOCAL, "decompressor", None)
    if found is None:
        found = _LOCAL.decompressor = zstandard.ZstdDecompressor()
    return found


def _content(block: bytes) -> bytes:
    """Take a block apart; a stranger's file may hold a bomb."""
    if block[:1] == _PLAIN:
        return block[1:]
    if block[:1] != _ZSTD:
        raise ValueError("unknown packing")
    try:
        if not 0 <= zstandard.frame_content_size(block[1:]) <= _MAX_BLOCK:
            raise ValueError("a block is too large")
        return _decompressor().decompress(block[1:])
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error
