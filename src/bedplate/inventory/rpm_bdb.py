"""The RPM database of old: `Packages`, a hash of Berkeley DB.

Pages of one size. The first describes the file, hash pages hold pairs of key and value, and
values that do not fit into a page stand in chains of overflow pages. The keys are numbers of
packages; hash pages are read in the order of the file, since no key is looked up.

Source: Berkeley DB 5.3, src/dbinc/db_page.h and src/dbinc/hash.h.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC = 0x061561
_HASH_UNSORTED, _OVERFLOW, _HASH_META, _HASH = 2, 7, 8, 13
_KEY_DATA, _OFF_PAGE = 1, 3
_SMALLEST_PAGE = 512
_PAGE_HEADER = 26  # bytes
_SHORTEST_HEADER = 16  # bytes of a header blob; the counter of packages is shorter


def is_database(content: bytes) -> bool:
    """Tell whether a file begins as a Berkeley DB hash does."""
    return bool(_byte_order(content))


def _byte_order(content: bytes) -> str:
    """Give the order of `struct` in which the magic number reads right; empty if in none."""
    if len(content) < _SMALLEST_PAGE:
        return ""
    orders = (order for order in "<>" if struct.unpack_from(f"{order}I", content, 12)[0] == _MAGIC)
    return next(orders, "")


class _Page(NamedTuple):
    """What stands in front of every page."""

    following: int
    entries: int
    free_offset: int  # overflow pages: bytes of data
    kind: int


def headers(content: bytes) -> Iterator[bytes]:
    """Walk the header blobs.

    Args:
        content: the whole database, of either byte order.

    Raises:
        InvalidDocument: not such a database, or a broken one.
    """
    return _Reader(content).values()


class _Reader:
    """Reads pages; overflow pages are read once each, so work stays below the file's size."""

    def __init__(self, content: bytes) -> None:
        self._order = _byte_order(content)
        if not self._order or content[25] != _HASH_META:
            raise InvalidDocument("not a hash of Berkeley DB")
        if content[24] or content[26] & 1:
            raise InvalidDocument("a Berkeley DB file with encryption or checksums")
        self._size = self._number(content, 20)
        if self._size not in (_SMALLEST_PAGE << shift for shift in range(8)):
            raise InvalidDocument(f"a Berkeley DB file with pages of {self._size} bytes")
        self._content = content
        self._header = struct.Struct(f"{self._order}16xIHHBB")
        self._read: set[int] = set()

    def values(self) -> Iterator[bytes]:
        """Walk the values of all pairs that are long enough for a header."""
        for number in range(1, self._number(self._content, 32) + 1):
            page = self._page(number)
            if page.kind in (_HASH, _HASH_UNSORTED):
                yield from self._pairs(number, page.entries)

    def _number(self, content: bytes, offset: int) -> int:
        number: int = struct.unpack_from(f"{self._order}I", content, offset)[0]
        return number

    def _page(self, number: int) -> _Page:
        start = number * self._size
        if start + self._size > len(self._content):
            raise InvalidDocument(f"a Berkeley DB file that ends before page {number}")
        following, entries, offset, _level, kind = self._header.unpack_from(self._content, start)
        return _Page(following, entries, offset, kind)

    def _pairs(self, number: int, entries: int) -> Iterator[bytes]:
        if _PAGE_HEADER + 2 * entries > self._size:
            raise InvalidDocument(f"a Berkeley DB file with a broken page {number}")
        start = number * self._size
        page = self._content[start : start + self._size]
        offsets = struct.unpack_from(f"{self._order}{entries}H", page, _PAGE_HEADER)
        for entry in range(1, entries, 2):
            # items grow from the end of the page to its front: each ends where the last began
            offset, end = offsets[entry], offsets[entry - 1]
            if not _PAGE_HEADER < offset < end <= self._size:
                raise InvalidDocument(f"a Berkeley DB file with a broken item on page {number}")
            value = self._value(page[offset:end])
            if len(value) >= _SHORTEST_HEADER:
                yield value

    def _value(self, item: bytes) -> bytes:
        if item[0] == _KEY_DATA:
            return item[1:]
        if item[0] == _OFF_PAGE and len(item) >= 12:
            return self._chain(self._number(item, 4), self._number(item, 8))
        raise InvalidDocument(f"a Berkeley DB file with an item of unknown kind {item[0]}")

    def _chain(self, number: int, length: int) -> bytes:
        """Put a value together from its overflow pages."""
        pieces = []
        left = length
        while left > 0:
            page = self._page(number)
            if number in self._read or page.kind != _OVERFLOW:
                raise InvalidDocument(f"a Berkeley DB file with a broken chain at page {number}")
            self._read.add(number)
            size = page.free_offset
            if not 0 < size <= min(left, self._size - _PAGE_HEADER):
                raise InvalidDocument(f"a Berkeley DB file with a broken page {number}")
            start = number * self._size + _PAGE_HEADER
            pieces.append(self._content[start : start + size])
            left -= size
            number = page.following
        return b"".join(pieces)
