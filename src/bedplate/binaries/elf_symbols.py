"""Dynamic symbols, without section headers, which may be stripped.

Source: System V gABI, chapter 4 "Symbol table", chapter 5 "Hash table"; the GNU hash table as
in glibc, elf/dl-lookup.c.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import repeat
from typing import TYPE_CHECKING

from bedplate.binaries.elf_dynamic import GNU_HASH, HASH, SYMTAB, VERSYM
from bedplate.binaries.elf_relocations import relocations
from bedplate.binaries.elf_versions import HIDDEN
from bedplate.errors import InvalidBinary
from bedplate.model.elf_file import NO_SYMBOLS, ElfSymbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bedplate.binaries.elf_dynamic import DynamicTable

MAX_SYMBOLS = 2_000_000

# name, info, other, section, value
_FORMS = {32: "IIIBBH", 64: "IBBHQQ"}
_MAX_NAME = 64 * 1024
_MAX_NAMES = 256 * 1024 * 1024  # bytes of all names: hostile ones share a long string
_PIECE = 16 * 1024
_LOCAL, _WEAK = 0, 2
_TLS = 6
_LOOKED_UP = frozenset((0, 1, 2, 5, _TLS, 10))  # not sections and files
_ABSOLUTE = 0xFFF1
_UNSEEN = frozenset((1, 2))  # visibility internal, hidden
_WIDE_HASH = frozenset((22, 0x9026))  # s390x and Alpha have words of 64 bits there

_Groups = defaultdict[int, list[bytes]]


def read_symbols(dynamic: DynamicTable, versions: Mapping[int, str]) -> ElfSymbols:
    """Read the dynamic symbols.

    Args:
        dynamic: table of the file.
        versions: name of each version index.

    Raises:
        InvalidBinary: tables that are cut off, or names outside the strings.
    """
    count = symbol_count(dynamic)
    if count < 2:  # the first one is a placeholder
        return NO_SYMBOLS
    exports, undefined, weak = _Groups(list), _Groups(list), _Groups(list)
    thread_local = []
    for name, info, section, version in _rows(dynamic, count):
        if section:
            exports[version].append(name)
        elif info >> 4 == _WEAK:
            weak[version & ~HIDDEN].append(name)
        else:
            undefined[version & ~HIDDEN].append(name)
        if info & 15 == _TLS:
            thread_local.append(name)
    hidden = {index & ~HIDDEN: names for index, names in exports.items() if index & HIDDEN}
    shown = {index: names for index, names in exports.items() if not index & HIDDEN}
    return ElfSymbols(
        _by_name(shown, versions),
        _by_name(hidden, versions),
        _by_name(undefined, versions),
        _by_name(weak, versions),
        frozenset(thread_local),
    )


def _by_name(
    groups: Mapping[int, list[bytes]], versions: Mapping[int, str]
) -> dict[str, frozenset[bytes]]:
    named: dict[str, frozenset[bytes]] = {}
    for index, names in groups.items():
        version = versions.get(index, "")
        named[version] = named.get(version, frozenset()) | frozenset(names)
    return named


def _rows(dynamic: DynamicTable, count: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield name, info, section (0: undefined) and version index of what a loader looks up."""
    strings = dynamic.strings
    left = _MAX_NAMES
    for (offset, info, other, section, value), version in zip(
        _entries(dynamic, count), _version_indexes(dynamic, count), strict=False
    ):
        if info >> 4 == _LOCAL or info & 15 not in _LOOKED_UP:
            continue
        if section and (other & 3 in _UNSEEN or (section == _ABSOLUTE and not value)):
            continue  # the latter are names of versions
        end = strings.find(b"\0", offset, offset + _MAX_NAME)
        left -= end - offset
        if end < 0 or left < 0:
            raise InvalidBinary("an ELF file with symbols whose names are not in its strings")
        if end > offset:
            yield strings[offset:end], info, section, version


def _entries(dynamic: DynamicTable, count: int) -> Iterator[tuple[int, ...]]:
    image = dynamic.image
    form = image.struct(_FORMS[image.bits])
    table = image.at(dynamic.get(SYMTAB), form.size * count, "symbols")
    if image.bits == 64:
        return image.struct("IBBHQ8x").iter_unpack(table)
    return ((n, i, o, s, v) for n, v, _, i, o, s in form.iter_unpack(table))


def _version_indexes(dynamic: DynamicTable, count: int) -> Iterable[int]:
    if VERSYM not in dynamic:
        return repeat(1, count)
    table = dynamic.image.at(dynamic.get(VERSYM), 2 * count, "versions of symbols")
    return dynamic.image.struct(f"{count}H").unpack(table)


def symbol_count(dynamic: DynamicTable) -> int:
    """Say how many dynamic symbols there are, the placeholder included.

    The table itself does not tell: a hash table does, or the symbols that relocations name.

    Raises:
        InvalidBinary: more than `MAX_SYMBOLS`, or a hash table that is cut off.
    """
    if SYMTAB not in dynamic:
        return 0
    count = _by_hash(dynamic) if HASH in dynamic else _by_gnu_hash(dynamic)
    if count > MAX_SYMBOLS:
        raise InvalidBinary(f"an ELF file with {count} symbols")
    return count


def _by_hash(dynamic: DynamicTable) -> int:
    image = dynamic.image
    wide = image.bits == 64 and image.machine in _WIDE_HASH
    form = image.struct("QQ" if wide else "II")
    return int(form.unpack(image.at(dynamic.get(HASH), form.size, "hash table"))[1])


def _by_gnu_hash(dynamic: DynamicTable) -> int:
    image = dynamic.image
    first, last, chains = 0, 0, 0
    if GNU_HASH in dynamic:
        address = dynamic.get(GNU_HASH)
        buckets, first, words, _ = image.struct("4I").unpack(image.at(address, 16, "hash table"))
        if buckets > MAX_SYMBOLS:
            raise InvalidBinary(f"an ELF file with a hash table of {buckets} buckets")
        start = address + 16 + words * (image.bits // 8)
        table = image.at(start, 4 * buckets, "hash table")
        last = max(image.struct(f"{buckets}I").unpack(table), default=0)
        chains = start + 4 * buckets
    if last < first or not last:  # nothing is exported
        return max(first, 1 + max((symbol for symbol, _ in relocations(dynamic)), default=0))
    return last + _chain_length(dynamic, chains + 4 * (last - first))


def _chain_length(dynamic: DynamicTable, address: int) -> int:
    """Count the symbols of the last chain, whose last hash is odd."""
    image = dynamic.image
    offset, room = image.room(address, "hash table")
    form = image.struct("I")
    length = 0
    for start in range(0, min(room, 4 * MAX_SYMBOLS) // 4 * 4, _PIECE):
        piece = image.read(offset + start, min(_PIECE, room - start) // 4 * 4, "hash table")
        for (word,) in form.iter_unpack(piece):
            length += 1
            if word & 1:
                return length
    raise InvalidBinary("an ELF file with a hash table without an end")


def index_names(dynamic: DynamicTable, names: frozenset[bytes]) -> dict[int, bytes]:
    """Find the indexes of symbols by name.

    Raises:
        InvalidBinary: as `read_symbols`.
    """
    count = symbol_count(dynamic)
    strings = dynamic.strings
    longest = max(map(len, names), default=0) + 1
    found = {}
    for index, (offset, *_) in enumerate(_entries(dynamic, count) if count else ()):
        name = strings[offset : offset + longest].partition(b"\0")[0]
        if name in names:
            found[index] = name
    return found


def symbol_address(dynamic: DynamicTable, name: bytes) -> int:
    """Give the address of a defined symbol; 0 when there is none.

    Raises:
        InvalidBinary: as `read_symbols`.
    """
    indexes = index_names(dynamic, frozenset((name,)))
    for index, (_, _, _, section, value) in enumerate(
        _entries(dynamic, max(indexes, default=-1) + 1)
    ):
        if index in indexes and section:
            return value
    return 0
