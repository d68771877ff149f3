"""The index of one layer: every header, and the bytes that were asked for.

Columns, not objects: a layer of 54,000 entries is a dozen arrays, which load from the cache
in milliseconds and take a tenth of the memory of as many Python objects.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.images.tar import owner_number
from bedplate.model.file_entry import FileEntry, FileKind

if TYPE_CHECKING:
    from collections.abc import Sequence

# Grows whenever the meaning of the columns changes: older files are then built again.
FORMAT = 3
KINDS = {
    ord("0"): FileKind.FILE,
    ord("1"): FileKind.HARDLINK,
    ord("2"): FileKind.SYMLINK,
    ord("3"): FileKind.CHARACTER_DEVICE,
    ord("4"): FileKind.BLOCK_DEVICE,
    ord("5"): FileKind.DIRECTORY,
    ord("6"): FileKind.FIFO,
}
OWNER = 24  # bytes of mode, uid and gid
FILE, HARDLINK, SYMLINK, DIRECTORY = ord("0"), ord("1"), ord("2"), ord("5")


@dataclass(slots=True)
class LayerIndex:
    """What one layer holds, in the order of its tar; a later entry of a path wins.

    Args:
        paths: from the root, normalised; whiteouts are not among them.
        kinds: tar type flag of each entry, one byte each.
        sizes: bytes of content of each entry; 0 for all but regular files.
        owners: mode, uid and gid of each entry as tar has them, 24 bytes each.
        links: entry -> target: as written (symlink), normalised path (hard link).
        kept: entry -> bytes that some want asked for.
        found: entry -> what a search want found.
        extracts: entry -> name of an extract -> what it took out.
        whiteouts: paths that this layer deletes from those below.
        opaque: folders of which this layer hides everything below.
        refused: entries left out, as `(name, reason)`.
    """

    paths: list[str] = field(default_factory=list)
    kinds: bytearray = field(default_factory=bytearray)
    sizes: array[int] = field(default_factory=lambda: array("Q"))
    owners: bytearray = field(default_factory=bytearray)
    links: dict[int, str] = field(default_factory=dict)
    kept: dict[int, bytes] = field(default_factory=dict)
    found: dict[int, bytes] = field(default_factory=dict)
    extracts: dict[int, dict[str, bytes]] = field(default_factory=dict)
    whiteouts: list[str] = field(default_factory=list)
    opaque: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def entry(self, number: int, path: str, layer: int) -> FileEntry:
        """Make the entry of this number, seen at `path` in layer `layer` of an image."""
        owner = bytes(self.owners[OWNER * number : OWNER * (number + 1)])
        return FileEntry(
            path,
            KINDS[self.kinds[number]],
            self.sizes[number],
            owner_number(owner, 0) & 0o7777,
            owner_number(owner, 1),
            owner_number(owner, 2),
            self.links.get(number, ""),
            layer,
        )

    def disk_size(self) -> int:
        """Sum the sizes of the regular files, in bytes; hard links count nothing."""
        return sum(self.sizes)

    def encode(self) -> bytes:
        """Pack the index for the cache."""
        import msgspec  # noqa: PLC0415 - lazy: not needed for --help
        import zstandard  # noqa: PLC0415

        columns = (
            FORMAT,
            _join(self.paths),
            bytes(self.kinds),
            self.sizes.tobytes(),
            bytes(self.owners),
            list(self.links),
            _join(list(self.links.values())),
            self.kept,
            self.found,
            self.extracts,
            [_join(self.whiteouts), _join(self.opaque)],
            [_join([name for name, _ in self.refused]), [reason for _, reason in self.refused]],
        )
        return zstandard.ZstdCompressor(level=1).compress(msgspec.msgpack.encode(columns))


_Packed = tuple[
    int,
    bytes,
    bytes,
    bytes,
    bytes,
    list[int],
    bytes,
    dict[int, bytes],
    dict[int, bytes],
    dict[int, dict[str, bytes]],
    tuple[bytes, bytes],
    tuple[bytes, list[str]],
]


def decode(content: bytes, max_bytes: int = 2 * 1024**3) -> LayerIndex:
    """Unpack an index that `LayerIndex.encode` made.

    Raises:
        InvalidDocument: of another format, or damaged.
    """
    import msgspec  # noqa: PLC0415 - lazy: not needed for --help
    import zstandard  # noqa: PLC0415

    try:
        if zstandard.frame_content_size(content) > max_bytes:
            raise InvalidDocument("a cached layer index is too large")
        packed = msgspec.msgpack.decode(
            zstandard.ZstdDecompressor().decompress(content), type=_Packed
        )
        index = _unpack(packed)
    except (msgspec.MsgspecError, zstandard.ZstdError, ValueError, KeyError) as error:
        raise InvalidDocument(f"a damaged layer index in the cache: {error}") from error
    lengths = {len(index.paths), len(index.kinds), len(index.sizes)}
    lengths.add(len(index.owners) // OWNER)
    if packed[0] != FORMAT or len(lengths) != 1:
        raise InvalidDocument("a layer index of another format in the cache")
    return index


def _unpack(packed: _Packed) -> LayerIndex:
    refused_names, refused_reasons = packed[11]
    return LayerIndex(
        _split(packed[1]),
        bytearray(packed[2]),
        array("Q", packed[3]),
        bytearray(packed[4]),
        dict(zip(packed[5], _split(packed[6]), strict=True)),
        packed[7],
        packed[8],
        packed[9],
        _split(packed[10][0]),
        _split(packed[10][1]),
        list(zip(_split(refused_names), refused_reasons, strict=True)),
    )


def _join(names: Sequence[str]) -> bytes:
    """Write names with a NUL after each; no path holds one."""
    text = "\0".join(names) + "\0" if names else ""
    return text.encode("utf-8", "surrogateescape")


def _split(content: bytes) -> list[str]:
    return content.decode("utf-8", "surrogateescape").split("\0")[:-1]
