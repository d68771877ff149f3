"""The cache of glibc's loader.

Source: glibc, sysdeps/generic/dl-cache.h, `struct cache_file_new`.
"""

from __future__ import annotations

from struct import Struct

_MAGIC = b"glibc-ld.so.cache1.1"
_HEADER = Struct("<20sII B3x I 12x")
_BIG_HEADER = Struct(">20sII B3x I 12x")
_ENTRY = "iIIIQ"
_BIG_ENDIAN = 3
_OF_PROCESSOR = 1 << 62  # stands in a folder `glibc-hwcaps`, for some processors only
_MAX_ENTRIES = 20_000


def read_ld_so_cache(content: bytes) -> tuple[str, ...]:
    """Give the paths that it lists, in its order, without those for some processors only.

    Args:
        content: of `/etc/ld.so.cache`; behind a table of the old form there may be the new one.

    Returns:
        paths without a leading slash; empty when the cache can't be used, as the loader does.
    """
    start = content.find(_MAGIC)
    if start < 0 or len(content) < start + _HEADER.size:
        return ()
    big = content[start + 28] & 3 == _BIG_ENDIAN
    header = _BIG_HEADER if big else _HEADER
    _, count, _, _, _ = header.unpack_from(content, start)
    entry = Struct((">" if big else "<") + _ENTRY)
    room = (len(content) - start - header.size) // entry.size
    paths: dict[str, None] = {}
    for number in range(min(count, room, _MAX_ENTRIES)):
        row = entry.unpack_from(content, start + header.size + number * entry.size)
        if row[4] & _OF_PROCESSOR:
            continue
        text = content[start + row[2] : start + row[2] + 4096].partition(b"\0")[0]
        if text.startswith(b"/"):
            paths.setdefault(text.decode("utf-8", "surrogateescape").strip("/"))
    return tuple(paths)
