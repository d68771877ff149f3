"""Versions of symbols: those that a file needs, and those that it defines.

Source: LSB Core, "Symbol Versioning" (SHT_GNU_verneed, SHT_GNU_verdef, SHT_GNU_versym).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.binaries.elf_dynamic import VERDEF, VERDEFNUM, VERNEED, VERNEEDNUM
from bedplate.errors import InvalidBinary
from bedplate.model.elf_file import VersionNeed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.binaries.elf_dynamic import DynamicTable

HIDDEN = 0x8000
"""In an entry of the table: found only by references to just this version."""

_WEAK, _OF_FILE = 2, 1
_MAX_RECORDS = 16384


class Versions(NamedTuple):
    """Both tables.

    Args:
        needed: in the order of the file.
        defined: in the order of the file, without the one that is named after the file.
        names: of each index that a symbol may have.
    """

    needed: tuple[VersionNeed, ...]
    defined: tuple[str, ...]
    names: dict[int, str]


def read_versions(dynamic: DynamicTable) -> Versions:
    """Read both tables.

    Raises:
        InvalidBinary: a table is cut off, or unreasonably long.
    """
    names: dict[int, str] = {}
    needed, defined = [], []
    for need, index in _needs(dynamic):
        needed.append(need)
        names[index] = need.name
    for name, index in _definitions(dynamic):
        defined.append(name)
        names[index] = name
    return Versions(tuple(needed), tuple(defined), names)


def _needs(dynamic: DynamicTable) -> Iterator[tuple[VersionNeed, int]]:
    auxiliary = _Chain(dynamic, "IHHII")
    records = _Chain(dynamic, "HHIII")
    for at, (_, count, file, first, _) in records.walk(
        dynamic.get(VERNEED), dynamic.get(VERNEEDNUM)
    ):
        provider = dynamic.string(file)
        for _, (_, flags, index, name, _) in auxiliary.walk(at + first, count):
            weak = bool(flags & _WEAK)
            yield VersionNeed(provider, dynamic.string(name), weak), index & ~HIDDEN


def _definitions(dynamic: DynamicTable) -> Iterator[tuple[str, int]]:
    auxiliary = _Chain(dynamic, "II")
    records = _Chain(dynamic, "HHHHIII")
    for at, (_, flags, index, count, _, first, _) in records.walk(
        dynamic.get(VERDEF), dynamic.get(VERDEFNUM)
    ):
        if flags & _OF_FILE or not count:
            continue
        for _, (name, _) in auxiliary.walk(at + first, 1):  # further ones name its parents
            yield dynamic.string(name), index & ~HIDDEN


class _Chain:
    """Records that say how far the next one is; forward only, so that there are no loops.

    Args:
        dynamic: of the file.
        form: of a record, whose last field is the distance to the next, 0 at the end.
    """

    def __init__(self, dynamic: DynamicTable, form: str) -> None:
        self._image = dynamic.image
        self._form = dynamic.image.struct(form)
        self._left = _MAX_RECORDS

    def walk(self, address: int, count: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        for _ in range(count if address else 0):
            self._left -= 1
            if self._left < 0:
                raise InvalidBinary(f"an ELF file with more than {_MAX_RECORDS} versions")
            record = self._form.unpack(self._image.at(address, self._form.size, "versions"))
            yield address, record
            if not record[-1]:
                return
            address += record[-1]
