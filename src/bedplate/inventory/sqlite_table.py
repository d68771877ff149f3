"""The rows of one table of an SQLite file that is in memory.

Not by the standard library's `sqlite3`: it would copy a database of 100 MB twice, can open
neither the write-ahead mode that rpm uses nor, in some distributions' builds, any bytes in
memory, and would run whatever views and triggers a hostile file brings along.

Source: sqlite.org, "Database File Format". All numbers are big-endian.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = int | float | str | bytes | None

MAGIC = b"SQLite format 3\0"
_FILE_HEADER = 100
_INTERIOR, _LEAF = 0x05, 0x0D
_ENCODINGS = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}
_INTEGER_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_MAX_COLUMNS = 100

_LOG_MAGIC = (0x377F0682, 0x377F0683)
_LOG_HEADER = struct.Struct(">IIIIII8x")  # magic, version, page size, sequence, two salts
_FRAME = struct.Struct(">IIII8x")  # page, pages after commit, two salts


class _Cell(NamedTuple):
    """Where a row is: bytes on its page, and the page on which it goes on (0 = none)."""

    size: int
    local: bytes
    following: int


def rows(content: bytes, table: str, log: bytes = b"") -> Iterator[list[Value]]:
    """Walk the rows of a table in the order of their ids.

    Args:
        content: the database.
        table: its name.
        log: the file `-wal` beside it, if any: its committed pages replace older ones.

    Raises:
        InvalidDocument: not an SQLite file, a broken one, or one without the table.
    """
    database = _Database(content, log)
    for row in database.rows(1):
        if row[:2] == ["table", table] and len(row) > 3:
            root = row[3]
            if isinstance(root, int):
                yield from database.rows(root)
                return
    raise InvalidDocument(f"an SQLite file without a table {table}")


class _Database:
    """Pages by number; each is read once, so work stays below the file's size."""

    def __init__(self, content: bytes, log: bytes) -> None:
        if len(content) < _FILE_HEADER or not content.startswith(MAGIC):
            raise InvalidDocument("not an SQLite file")
        size = int.from_bytes(content[16:18])
        self._size = 65536 if size == 1 else size
        if self._size not in (512 << shift for shift in range(8)):
            raise InvalidDocument(f"an SQLite file with pages of {self._size} bytes")
        self._usable = self._size - content[20]
        if self._usable < 480:
            raise InvalidDocument("an SQLite file with unusable pages")
        self._encoding = _ENCODINGS.get(int.from_bytes(content[56:60]), "utf-8")
        self._content = content
        self._log = log
        self._newer = _committed(log, self._size)
        self._read: set[int] = set()

    def rows(self, root: int) -> Iterator[list[Value]]:
        """Walk the b-tree below a page from left to right."""
        pending = [root]
        while pending:
            number = pending.pop()
            page = self._page(number)
            start = _FILE_HEADER if number == 1 else 0
            kind, count = page[start], int.from_bytes(page[start + 3 : start + 5])
            first = start + (12 if kind == _INTERIOR else 8)
            if kind not in (_INTERIOR, _LEAF) or first + 2 * count > self._usable:
                raise InvalidDocument(f"an SQLite file with a broken page {number}")
            pointers = struct.unpack_from(f">{count}H", page, first)
            if kind == _LEAF:
                for pointer in pointers:
                    yield self._row(self._payload(self._cell(page, pointer)))
                continue
            if any(pointer + 4 > self._usable for pointer in pointers):
                raise InvalidDocument(f"an SQLite file with a broken page {number}")
            children = [int.from_bytes(page[p : p + 4]) for p in pointers]
            pending.append(int.from_bytes(page[start + 8 : start + 12]))
            pending += reversed(children)

    def _page(self, number: int) -> bytes:
        if number in self._read:
            raise InvalidDocument(f"an SQLite file that uses page {number} twice")
        self._read.add(number)
        content, start = self._content, (number - 1) * self._size
        if number in self._newer:
            content, start = self._log, self._newer[number]
        if start < 0 or start + self._size > len(content):
            raise InvalidDocument(f"an SQLite file that ends before page {number}")
        return content[start : start + self._size]

    def _cell(self, page: bytes, pointer: int) -> _Cell:
        size, start = _varint(page, pointer)
        _, start = _varint(page, start)  # the row's id
        local, most = size, self._usable - 35
        if size > most:
            least = (self._usable - 12) * 32 // 255 - 23
            local = least + (size - least) % (self._usable - 4)
            local = local if local <= most else least
        end = start + local
        if end + (4 if local < size else 0) > self._usable:
            raise InvalidDocument("an SQLite file with a row that leaves its page")
        following = int.from_bytes(page[end : end + 4]) if local < size else 0
        return _Cell(size, page[start:end], following)

    def _payload(self, cell: _Cell) -> bytes:
        """Put a row together from its page and its overflow pages."""
        if not cell.following:
            return cell.local
        pieces, left, number = [cell.local], cell.size - len(cell.local), cell.following
        while left > 0:
            page = self._page(number)
            pieces.append(page[4 : 4 + min(left, self._usable - 4)])
            left -= len(pieces[-1])
            number = int.from_bytes(page[:4])
        return b"".join(pieces)

    def _row(self, payload: bytes) -> list[Value]:
        """Decode a record; a value that it is too short for ends it."""
        end, at = _varint(payload, 0)
        if end > len(payload):
            raise InvalidDocument("an SQLite file with a broken row")
        values: list[Value] = []
        place = end
        while at < end and len(values) < _MAX_COLUMNS:
            serial, at = _varint(payload, at)
            size = _size_of(serial)
            if place + size > len(payload):
                raise InvalidDocument("an SQLite file with a row that is too short")
            values.append(self._value(serial, payload[place : place + size]))
            place += size
        return values

    def _value(self, serial: int, octets: bytes) -> Value:
        if serial in (8, 9):
            return serial - 8
        if serial == 7:
            number: float = struct.unpack(">d", octets)[0]
            return number
        if serial in _INTEGER_SIZES:
            return int.from_bytes(octets, signed=True)
        if serial < 12:
            return None
        return octets.decode(self._encoding, "replace") if serial & 1 else octets


def _size_of(serial: int) -> int:
    if serial >= 12:
        return (serial - 12) // 2
    return 8 if serial == 7 else _INTEGER_SIZES.get(serial, 0)


def _varint(octets: bytes, start: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; give it and the place after it."""
    number = 0
    for place in range(start, min(start + 8, len(octets))):
        octet = octets[place]
        number = number << 7 | octet & 0x7F
        if octet < 0x80:
            return number, place + 1
    if start + 8 >= len(octets):
        raise InvalidDocument("an SQLite file with a number that does not end")
    return number << 8 | octets[start + 8], start + 9


def _committed(log: bytes, size: int) -> dict[int, int]:
    """Find the pages that a write-ahead log replaces.

    Returns:
        Page to its offset in the log; frames after the last commit do not count.
    """
    if len(log) < _LOG_HEADER.size:
        return {}
    magic, _, page_size, _, *salts = _LOG_HEADER.unpack_from(log)
    if magic not in _LOG_MAGIC or page_size != size:
        return {}
    committed: dict[int, int] = {}
    pending: dict[int, int] = {}
    last = len(log) - _FRAME.size - size
    for start in range(_LOG_HEADER.size, last + 1, _FRAME.size + size):
        number, pages, *seen = _FRAME.unpack_from(log, start)
        if seen != salts:
            break  # left over from before the log was started anew
        pending[number] = start + _FRAME.size
        if pages:
            committed |= pending
            pending = {}
    return committed
