"""Writers of RPM headers and databases, as small as rpm still accepts them.

Debian's rpm writes SQLite and ndb and only reads Berkeley DB; tests need all three, whole and
broken.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

INT16, INT32, INT64, STRING, BINARY, STRINGS, TRANSLATED = 3, 4, 5, 6, 7, 8, 9
_WIDTHS = {INT16: "H", INT32: "I", INT64: "Q"}

TAGS = {
    "name": (1000, STRING),
    "version": (1001, STRING),
    "release": (1002, STRING),
    "epoch": (1003, INT32),
    "size": (1009, INT32),
    "long_size": (5009, INT64),
    "vendor": (1011, STRING),
    "license": (1014, STRING),
    "group": (1016, TRANSLATED),
    "arch": (1022, STRING),
    "old_file_names": (1027, STRINGS),
    "states": (1029, 1),
    "modes": (1030, INT16),
    "source_rpm": (1044, STRING),
    "modularity_label": (5096, STRING),
    "dir_indexes": (1116, INT32),
    "base_names": (1117, STRINGS),
    "dir_names": (1118, STRINGS),
}

Value = str | int | bytes | list[str] | list[int]


def header(**values: Value) -> bytes:
    """Make a header blob; names of arguments are the keys of `TAGS`."""
    return raw_header([(*TAGS[key], value) for key, value in values.items()])


def raw_header(entries: Sequence[tuple[int, int, Value]]) -> bytes:
    """Make a header blob of `(tag, type, value)`."""
    index, data = b"", b""
    for tag, kind, value in entries:
        width = struct.calcsize(_WIDTHS.get(kind, "B"))
        data += b"\0" * (-len(data) % width)
        packed, count = _packed(kind, value)
        index += struct.pack(">IIiI", tag, kind, len(data), count)
        data += packed
    return struct.pack(">II", len(entries), len(data)) + index + data


def _packed(kind: int, value: Value) -> tuple[bytes, int]:
    if isinstance(value, bytes):
        return value, len(value)
    values = value if isinstance(value, list) else [value]
    if kind in _WIDTHS:
        return struct.pack(f">{len(values)}{_WIDTHS[kind]}", *values), len(values)
    texts = (str(one).encode("utf-8", "surrogateescape") + b"\0" for one in values)
    return b"".join(texts), len(values)


def package(name: str, files: Mapping[str, int] | None = None, **values: Value) -> bytes:
    """Make the header of a package.

    Args:
        files: path with leading slash -> mode with the file type.
        values: more tags, as in `header`.
    """
    paths = list(files or {})
    folders = list(dict.fromkeys(path.rpartition("/")[0] + "/" for path in paths))
    tags: dict[str, Value] = {"name": name, "version": "1.0", "release": "1", "arch": "noarch"}
    if files:
        tags["modes"] = list(files.values())
        tags["dir_indexes"] = [folders.index(path.rpartition("/")[0] + "/") for path in paths]
        tags["base_names"] = [path.rpartition("/")[2] for path in paths]
        tags["dir_names"] = [*folders]
    return header(**(tags | values))


def sqlite(path: Path, blobs: Sequence[bytes], page_size: int = 4096) -> bytes:
    """Write `rpmdb.sqlite` and give its bytes."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA page_size = {page_size}")
    connection.execute("CREATE TABLE Name (key TEXT NOT NULL, hnum INTEGER NOT NULL)")
    connection.execute(
        "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)"
    )
    connection.executemany("INSERT INTO Packages (blob) VALUES (?)", [(blob,) for blob in blobs])
    connection.commit()
    connection.close()
    return path.read_bytes()


def ndb(blobs: Sequence[bytes]) -> bytes:
    """Make `Packages.db`."""
    slots, body = b"", b""
    for number, blob in enumerate(blobs, start=1):
        head = struct.pack("<4sIII", b"BlbS", number, 1, len(blob))
        size = len(head) + len(blob) + 12
        padding = b"\0" * (-size % 16)
        tail = struct.pack("<II4s", zlib.adler32(head + blob + padding), len(blob), b"BlbE")
        piece = head + blob + padding + tail
        block = (4096 + len(body)) // 16
        slots += struct.pack("<4sIII", b"Slot", number, block, len(piece) // 16)
        body += piece
    free = struct.pack("<4sIII", b"Slot", 0, 0, 0)
    slots += free * ((4096 - 32 - len(slots)) // 16)
    first = struct.pack("<4sIIII", b"RpmP", 0, 1, 1, len(blobs) + 1)
    return first.ljust(32, b"\0") + slots + body


def bdb(
    blobs: Sequence[bytes], *, order: str = "<", page_size: int = 4096, kind: int = 13
) -> bytes:
    """Make `Packages` of one hash bucket.

    Args:
        order: `<` or `>`, of the machine that wrote it.
        page_size: bytes.
        kind: 13 for sorted hash pages, 2 for those of old versions.
    """
    overflow: list[bytes] = []
    pages: list[list[bytes]] = [[]]
    first_overflow = 2 + len(blobs)  # at most one hash page for each pair, and one more
    pairs = [(0, struct.pack(f"{order}I", len(blobs))), *enumerate(blobs, start=1)]
    for key, value in pairs:
        item = b"\1" + value
        if len(item) > page_size // 4:
            item = struct.pack(f"{order}B3xII", 3, first_overflow + len(overflow), len(value))
            overflow += _chain(value, first_overflow + len(overflow), order, page_size)
        items = [b"\1" + struct.pack(f"{order}I", key), item]
        if 26 + sum(len(one) + 2 for one in (*pages[-1], *items)) > page_size:
            pages.append([])
        pages[-1] += items
    hashes = [
        _hash_page(items, number, len(pages), order, page_size, kind)
        for number, items in enumerate(pages, start=1)
    ]
    blank = [b"\0" * page_size] * (first_overflow - 1 - len(hashes))
    last = first_overflow + len(overflow) - 1
    meta = struct.pack(f"{order}8xIIIIBBBxIIIIII20x", 0, 0x061561, 9, page_size, 0, 8, 0,
                       0, last, 0, len(pairs), len(pairs), 0)  # fmt: skip
    meta += struct.pack(f"{order}IIIIII", 0, 1, 0, 0, 0, 0)  # one bucket
    meta += struct.pack(f"{order}32I", *[1] * 32)
    return b"".join([meta.ljust(page_size, b"\0"), *hashes, *blank, *overflow])


def _page(
    number: int, before: int, after: int, entries: int, offset: int, kind: int, order: str
) -> bytes:
    return struct.pack(
        f"{order}8xIIIHHBB", number, before, after, entries, offset, int(kind == 7), kind
    )


def _hash_page(
    items: list[bytes], number: int, count: int, order: str, page_size: int, kind: int
) -> bytes:
    offsets, end, body = [], page_size, b""
    for item in items:
        end -= len(item)
        offsets.append(end)
        body = item + body
    following = number + 1 if number < count else 0
    head = _page(number, number - 1, following, len(items), end, kind, order)
    head += struct.pack(f"{order}{len(items)}H", *offsets)
    return head + b"\0" * (end - len(head)) + body


def _chain(value: bytes, first: int, order: str, page_size: int) -> list[bytes]:
    room = page_size - 26
    pieces = [value[start : start + room] for start in range(0, len(value), room)]
    return [
        (
            _page(
                first + place,
                first + place - 1 if place else 0,
                first + place + 1 if place + 1 < len(pieces) else 0,
                1,
                len(piece),
                7,
                order,
            )
            + piece
        ).ljust(page_size, b"\0")
        for place, piece in enumerate(pieces)
    ]
