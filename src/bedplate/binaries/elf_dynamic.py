"""The dynamic table of an ELF file: tags, and the strings that they point to.

Source: System V gABI, chapter 5 "Dynamic section".
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.binaries.elf_image import PT_DYNAMIC
from bedplate.errors import InvalidBinary

if TYPE_CHECKING:
    from bedplate.binaries.elf_image import ElfImage

NEEDED, PLTRELSZ, HASH, STRTAB, SYMTAB, RELA, RELASZ = 1, 2, 4, 5, 6, 7, 8
STRSZ, SONAME, RPATH, REL, RELSZ, PLTREL, TEXTREL = 10, 14, 15, 17, 18, 20, 22
JMPREL, BIND_NOW, RUNPATH, FLAGS, RELR = 23, 24, 29, 30, 36
GNU_HASH, VERSYM, RELACOUNT, RELCOUNT = 0x6FFFFEF5, 0x6FFFFFF0, 0x6FFFFFF9, 0x6FFFFFFA
FLAGS_1, VERDEF, VERDEFNUM, VERNEED, VERNEEDNUM = (0x6FFFFFFB + step for step in range(5))

_MAX_NAME = 64 * 1024
_MAX_ENTRIES = 16384
_MAX_NEEDED = 4096


class DynamicTable:
    """Tags and values.

    Args:
        image: the file; without PT_DYNAMIC the table is empty.

    Raises:
        InvalidBinary: the table or its strings are not in the file.
    """

    def __init__(self, image: ElfImage) -> None:
        self.image = image
        self.present = False
        self._values: dict[int, int] = {}
        self._needed: list[int] = []
        for segment in image.having(PT_DYNAMIC)[:1]:
            self.present = True
            size = image.bits // 4
            count = min(segment.size // size, _MAX_ENTRIES)
            self._read(image.read(segment.offset, count * size, "dynamic table"))

    def _read(self, table: bytes) -> None:
        form = self.image.struct("QQ" if self.image.bits == 64 else "II")
        for tag, value in form.iter_unpack(table):
            if tag == 0:
                return
            if tag == NEEDED:
                self._needed.append(value)
            else:
                self._values[tag] = value

    def __contains__(self, tag: int) -> bool:
        return tag in self._values

    def get(self, tag: int) -> int:
        """Give a value; 0 when the tag is absent, as loaders do."""
        return self._values.get(tag, 0)

    @cached_property
    def strings(self) -> bytes:
        """The string table."""
        if STRTAB not in self:
            return b""
        return self.image.at(self.get(STRTAB), self.get(STRSZ), "strings")

    def string(self, offset: int) -> str:
        """Give a string by its offset in the string table.

        Raises:
            InvalidBinary: it is not in the table.
        """
        end = self.strings.find(b"\0", offset, offset + _MAX_NAME)
        if end < 0:
            raise InvalidBinary("an ELF file with a name outside its strings")
        return self.strings[offset:end].decode("utf-8", "surrogateescape")

    def text(self, tag: int) -> str:
        """Give the string that a tag points to; empty when the tag is absent."""
        return self.string(self.get(tag)) if tag in self else ""

    def needed(self) -> tuple[str, ...]:
        """Give the names of needed libraries, in order."""
        if len(self._needed) > _MAX_NEEDED:
            raise InvalidBinary(f"an ELF file that needs {len(self._needed)} libraries")
        return tuple(self.string(offset) for offset in self._needed)
