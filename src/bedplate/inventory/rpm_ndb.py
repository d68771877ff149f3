"""The RPM database of SUSE: `Packages.db`, "ndb".

A header, slots of 16 bytes, and blobs in blocks of 16 bytes to which the slots point.

Source: rpm's sources, lib/backend/ndb/rpmpkg.c. All numbers are little-endian.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"RpmP"

_HEADER = struct.Struct("<4sIIII")  # magic, version, generation, slot pages, next package
_SLOT = struct.Struct("<4sIII")  # magic, package, first block, number of blocks
_BLOB = struct.Struct("<4sIII")  # magic, package, generation, length
_TAIL = struct.Struct("<II4s")  # Adler-32, length, magic
_PAGE = 4096
_FIRST_SLOT = 32
_BLOCK = 16


def headers(content: bytes) -> Iterator[bytes]:
    """Walk the header blobs.

    Args:
        content: the whole database.

    Raises:
        InvalidDocument: not such a database, or a broken one.
    """
    if len(content) < _PAGE:
        raise InvalidDocument("shorter than an ndb database can be")
    magic, version, _, pages, _ = _HEADER.unpack_from(content)
    if magic != MAGIC or version != 0:
        raise InvalidDocument("not an ndb database")
    end = pages * _PAGE
    if not 0 < end <= len(content):
        raise InvalidDocument("an ndb database with more slots than bytes")
    seen: set[int] = set()
    left = len(content)
    for mark, package, block, blocks in _SLOT.iter_unpack(content[_FIRST_SLOT:end]):
        if mark != b"Slot":
            raise InvalidDocument("an ndb database with a broken slot")
        if block == 0:
            continue  # free
        # packages that overlap would make a small file a very large one
        left -= blocks * _BLOCK
        if package == 0 or package in seen or left < 0:
            raise InvalidDocument(f"an ndb database with package {package} twice")
        seen.add(package)
        yield _blob(content, package, block * _BLOCK, blocks * _BLOCK)


def _blob(content: bytes, package: int, start: int, size: int) -> bytes:
    end = start + size
    if size < _BLOB.size + _TAIL.size or end > len(content):
        raise InvalidDocument(f"an ndb database that ends before package {package}")
    mark, owner, _, length = _BLOB.unpack_from(content, start)
    _, again, tail = _TAIL.unpack_from(content, end - _TAIL.size)
    fits = length == again and length <= size - _BLOB.size - _TAIL.size
    if mark != b"BlbS" or tail != b"BlbE" or owner != package or not fits:
        raise InvalidDocument(f"an ndb database with a broken package {package}")
    return content[start + _BLOB.size : start + _BLOB.size + length]
