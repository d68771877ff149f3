"""Relocations that name a symbol: which kind decides when its absence is noticed.

Source: System V gABI, chapter 4 "Relocation", and the supplements for each processor.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bedplate.binaries.elf_dynamic import (
    JMPREL,
    PLTREL,
    PLTRELSZ,
    REL,
    RELA,
    RELACOUNT,
    RELASZ,
    RELCOUNT,
    RELSZ,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.binaries.elf_dynamic import DynamicTable

_FORMS = {(32, False): "II", (32, True): "III", (64, False): "QQ", (64, True): "QQQ"}


class RelocationKind(StrEnum):
    """How a file uses the address of a symbol."""

    JUMP_SLOT = "jump slot"
    """A call through the procedure linkage table: lazy binding looks it up when it is called."""
    GLOB_DAT = "glob dat"
    """The address of a variable or function: glibc looks it up at load, musl may put it off."""
    ABSOLUTE = "absolute"
    """An address inside data, such as a table of functions: always looked up at load."""
    OTHER = "other"


# e_machine -> types of jump slot, glob dat, absolute; -1 where the absolute one serves for both
_TYPES = {
    3: (7, 6, 1),  # i386
    20: (21, 20, 1),  # PowerPC
    21: (21, 20, 38),  # PowerPC 64
    22: (11, 10, 22),  # s390x
    40: (22, 21, 2),  # ARM
    62: (7, 6, 1),  # x86-64
    183: (1026, 1025, 257),  # AArch64
    243: (5, -1, 2),  # RISC-V 64
    258: (5, -1, 2),  # LoongArch 64
}
_ORDER = (RelocationKind.JUMP_SLOT, RelocationKind.GLOB_DAT, RelocationKind.ABSOLUTE)
_KINDS = {machine: dict(zip(types, _ORDER, strict=True)) for machine, types in _TYPES.items()}


def relocations(dynamic: DynamicTable) -> Iterator[tuple[int, int]]:
    """Yield symbol index and type of every relocation that may name a symbol.

    Relative ones, which come first and are most, are passed over where the table counts them.

    Raises:
        InvalidBinary: a table is not in the file.
    """
    bits = dynamic.image.bits
    shift, mask = (32, 0xFFFFFFFF) if bits == 64 else (8, 0xFF)
    for address, size, skipped, with_addend in _tables(dynamic):
        form = dynamic.image.struct(_FORMS[bits, with_addend])
        start = min(skipped * form.size, size)
        length = (size - start) // form.size * form.size
        if not length:
            continue
        table = dynamic.image.at(address + start, length, "relocations")
        for row in form.iter_unpack(table):
            yield row[1] >> shift, row[1] & mask


def _tables(dynamic: DynamicTable) -> Iterator[tuple[int, int, int, bool]]:
    get = dynamic.get
    yield get(JMPREL), get(PLTRELSZ), 0, get(PLTREL) != REL
    yield get(RELA), get(RELASZ), get(RELACOUNT), True
    yield get(REL), get(RELSZ), get(RELCOUNT), False


def kind_of(machine: int, number: int) -> RelocationKind:
    """Name the kind of a relocation type of a processor (`e_machine`)."""
    return _KINDS.get(machine, {}).get(number, RelocationKind.OTHER)
