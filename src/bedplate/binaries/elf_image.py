"""The bytes of an ELF file by offset and by address, as its program headers lay them out.

Source: System V gABI, chapters 4 "ELF header" and 5 "Program header".
"""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from bedplate.errors import InvalidBinary

MAGIC = b"\x7fELF"
PT_LOAD, PT_DYNAMIC, PT_INTERP, PT_NOTE, PT_TLS = 1, 2, 3, 4, 7
PT_GNU_STACK, PT_GNU_PROPERTY = 0x6474E551, 0x6474E553
EXECUTABLE, WRITABLE = 1, 2

MAX_TABLE = 256 * 1024 * 1024
"""Bytes of one table (symbols, strings, relocations) that are read."""

_HEADERS = {32: "HHIIIIIHHH", 64: "HHIQQQIHHH"}
_SEGMENTS = {32: "8I", 64: "2I6Q"}
_MAX_SEGMENTS = 256  # programs have about a dozen; a core may have thousands


class Segment(NamedTuple):
    """A program header.

    Args:
        type: PT_*.
        flags: `EXECUTABLE`, `WRITABLE`, 4 for readable.
        offset: in the file, in bytes.
        address: in memory.
        size: bytes of it in the file.
        align: in bytes.
    """

    type: int
    flags: int
    offset: int
    address: int
    size: int
    align: int


class ElfImage:
    """An ELF file in memory or mapped.

    Args:
        view: the whole file; released by the caller, whatever becomes of this object.

    Raises:
        InvalidBinary: not an ELF file, or cut off within its headers.
    """

    def __init__(self, view: memoryview) -> None:
        self.view = view
        ident = bytes(self.view[:16])
        if len(ident) < 16 or not ident.startswith(MAGIC):
            raise InvalidBinary("not an ELF file")
        bits, order = {1: 32, 2: 64}.get(ident[4], 0), {1: "<", 2: ">"}.get(ident[5], "")
        if not bits or not order:
            raise InvalidBinary("an ELF file of unknown width or byte order")
        self.bits = bits
        self.order = order
        self.os_abi = ident[7]
        header = self.struct(_HEADERS[bits])
        fields = header.unpack(self.read(16, header.size, "header"))
        self.type, self.machine = fields[0], fields[1]
        self.segments = self._segments(fields[4], entry_size=fields[8], count=fields[9])

    def _segments(self, offset: int, entry_size: int, count: int) -> tuple[Segment, ...]:
        if not offset or not count:
            return ()
        one = self.struct(_SEGMENTS[self.bits])
        if entry_size != one.size or count > _MAX_SEGMENTS:
            raise InvalidBinary(f"an ELF file with {count} program headers of {entry_size} bytes")
        table = self.read(offset, one.size * count, "program headers")
        if self.bits == 64:
            rows = ((t, f, o, v, s, a) for t, f, o, v, _, s, _, a in one.iter_unpack(table))
        else:
            rows = ((t, f, o, v, s, a) for t, o, v, _, s, _, f, a in one.iter_unpack(table))
        return tuple(Segment(*row) for row in rows)

    def struct(self, form: str) -> Struct:
        """Compile a format in the byte order of the file, without padding."""
        return _compiled(self.order + form)

    def having(self, *types: int) -> list[Segment]:
        """Give the segments of some types, in order."""
        return [segment for segment in self.segments if segment.type in types]

    def read(self, offset: int, size: int, what: str) -> bytes:
        """Copy bytes of the file.

        Raises:
            InvalidBinary: they are not all there, or unreasonably many; names `what`.
        """
        if size > MAX_TABLE:
            raise InvalidBinary(f"an ELF file with {size} bytes of {what}")
        if offset + size > len(self.view):
            raise InvalidBinary(f"an ELF file that ends before its {what}")
        return bytes(self.view[offset : offset + size])

    def room(self, address: int, what: str) -> tuple[int, int]:
        """Give the offset of an address and how many bytes of its segment follow in the file.

        Raises:
            InvalidBinary: no segment has it.
        """
        for segment in self.segments:
            start = segment.address
            if segment.type == PT_LOAD and start <= address < start + segment.size:
                offset = segment.offset + address - start
                return offset, max(min(start + segment.size - address, len(self.view) - offset), 0)
        raise InvalidBinary(f"an ELF file whose {what} is in no segment")

    def at(self, address: int, size: int, what: str) -> bytes:
        """Copy bytes that stand at an address.

        Raises:
            InvalidBinary: they are not all in the file.
        """
        return self.read(self.room(address, what)[0], size, what)


_STRUCTS: dict[str, Struct] = {}


def _compiled(form: str) -> Struct:
    found = _STRUCTS.get(form)
    if found is None:
        found = _STRUCTS[form] = Struct(form)
    return found
