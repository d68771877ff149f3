"""How much bedplate reads of what a stranger made."""

from __future__ import annotations

from dataclasses import dataclass

GIB = 1024**3
MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one image.

    Args:
        layers: layers of an image; overlayfs itself stops at 500.
        entries: tar entries of one layer.
        layer_bytes: uncompressed bytes of one layer.
        ratio: uncompressed bytes per compressed byte, once past `ratio_from` bytes.
        ratio_from: bytes from which the ratio counts.
        name_bytes: bytes of one path or link target (PATH_MAX is 4096 on Linux).
        all_names_bytes: bytes of all the names of one layer.
        extended_header_bytes: bytes of one pax header.
        kept_bytes: bytes kept of the files of one layer.
        archive_members: members of an image archive.
    """

    layers: int = 500
    entries: int = 1_000_000
    layer_bytes: int = 64 * GIB
    ratio: int = 200
    ratio_from: int = GIB
    name_bytes: int = 4096
    all_names_bytes: int = 192 * MIB
    extended_header_bytes: int = MIB
    kept_bytes: int = 512 * MIB
    archive_members: int = 10_000


DEFAULT_LIMITS = Limits()
