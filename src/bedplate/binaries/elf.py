"""Read ELF files: headers and dynamic tables, nothing else of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries import elf_dynamic as tags
from bedplate.binaries.elf_dynamic import DynamicTable
from bedplate.binaries.elf_image import (
    EXECUTABLE,
    MAGIC,
    PT_GNU_STACK,
    PT_INTERP,
    PT_TLS,
    ElfImage,
)
from bedplate.binaries.elf_notes import read_notes
from bedplate.binaries.elf_relocations import RelocationKind, kind_of, relocations
from bedplate.binaries.elf_symbols import index_names, read_symbols, symbol_address
from bedplate.binaries.elf_versions import read_versions
from bedplate.model.elf_file import NO_SYMBOLS, ElfFile, ElfFlag, ElfType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TYPES = {1: ElfType.RELOCATABLE, 2: ElfType.EXECUTABLE, 3: ElfType.SHARED, 4: ElfType.CORE}
_MAX_PATH = 4096
# x86, ARM, x86-64, AArch64: what does not say is taken for one that asks for it
# (glibc, sysdeps/*/stackinfo.h, DEFAULT_STACK_PERMS)
_EXECUTABLE_UNLESS_SAID = frozenset((3, 40, 62, 183))
_BY_FLAGS = {0x4: ElfFlag.TEXT_RELOCATIONS, 0x8: ElfFlag.BIND_NOW, 0x10: ElfFlag.STATIC_TLS}
_BY_FLAGS_1 = {0x1: ElfFlag.BIND_NOW, 0x8: ElfFlag.NO_DELETE, 0x08000000: ElfFlag.PIE}
_BY_TAG = {
    tags.BIND_NOW: ElfFlag.BIND_NOW,
    tags.TEXTREL: ElfFlag.TEXT_RELOCATIONS,
    tags.RELR: ElfFlag.RELR,
}


def is_elf(head: bytes) -> bool:
    """Tell whether a file begins as an ELF file does.

    Args:
        head: its first four bytes, or more.
    """
    return head.startswith(MAGIC)


def read_elf(data: bytes | memoryview, *, symbols: bool = True) -> ElfFile:
    """Read one file.

    Args:
        data: all of it; may be a view on a mapped file, of which nothing is kept.
        symbols: read the dynamic symbols too, which is most of the work.

    Raises:
        InvalidBinary: not an ELF file, or one whose tables are cut off or inconsistent.
    """
    with memoryview(data) as view:
        return _read(ElfImage(view), symbols=symbols)


def _read(image: ElfImage, *, symbols: bool) -> ElfFile:
    dynamic = DynamicTable(image)
    versions = read_versions(dynamic)
    notes = read_notes(image)
    return ElfFile(
        bits=image.bits,
        byte_order="little" if image.order == "<" else "big",
        machine=image.machine,
        type=_TYPES.get(image.type, ElfType.OTHER),
        os_abi=image.os_abi,
        interpreter=_interpreter(image),
        needed=dynamic.needed(),
        soname=dynamic.text(tags.SONAME),
        rpath=dynamic.text(tags.RPATH),
        runpath=dynamic.text(tags.RUNPATH),
        versions_needed=versions.needed,
        versions_defined=versions.defined,
        flags=frozenset(_flags(image, dynamic)),
        isa_level=notes.isa_level,
        kernel=notes.kernel,
        symbols=read_symbols(dynamic, versions.names) if symbols else NO_SYMBOLS,
    )


def _interpreter(image: ElfImage) -> str:
    for segment in image.having(PT_INTERP):
        path = image.read(segment.offset, min(segment.size, _MAX_PATH), "interpreter")
        return path.partition(b"\0")[0].decode("utf-8", "surrogateescape")
    return ""


def _flags(image: ElfImage, dynamic: DynamicTable) -> Iterator[ElfFlag]:
    if dynamic.present:
        yield ElfFlag.DYNAMIC
    if image.having(PT_TLS):
        yield ElfFlag.TLS
    if _wants_executable_stack(image):
        yield ElfFlag.EXECUTABLE_STACK
    yield from (flag for tag, flag in _BY_TAG.items() if tag in dynamic)
    for tag, meaning in ((tags.FLAGS, _BY_FLAGS), (tags.FLAGS_1, _BY_FLAGS_1)):
        yield from (flag for bit, flag in meaning.items() if dynamic.get(tag) & bit)


def _wants_executable_stack(image: ElfImage) -> bool:
    stacks = image.having(PT_GNU_STACK)
    if not stacks:
        return image.machine in _EXECUTABLE_UNLESS_SAID
    return any(segment.flags & EXECUTABLE for segment in stacks)


def relocation_kinds(
    data: bytes | memoryview, names: Collection[bytes]
) -> dict[bytes, frozenset[RelocationKind]]:
    """Say how a file uses some of its symbols: it decides when a missing one is noticed.

    Args:
        data: the file.
        names: of symbols.

    Returns:
        the kinds of each name that some relocation uses.

    Raises:
        InvalidBinary: as `read_elf`.
    """
    with memoryview(data) as view:
        return _kinds(DynamicTable(ElfImage(view)), frozenset(names))


def _kinds(
    dynamic: DynamicTable, names: frozenset[bytes]
) -> dict[bytes, frozenset[RelocationKind]]:
    wanted = index_names(dynamic, names)
    found: dict[bytes, set[RelocationKind]] = {}
    for symbol, number in relocations(dynamic) if wanted else ():
        if name := wanted.get(symbol):
            found.setdefault(name, set()).add(kind_of(dynamic.image.machine, number))
    return {name: frozenset(kinds) for name, kinds in found.items()}


def read_code(data: bytes | memoryview, name: bytes, size: int = 64) -> bytes:
    """Give the first bytes of an exported function.

    Args:
        data: the file.
        name: of the symbol.
        size: the most bytes to give.

    Returns:
        empty when there is no such symbol, or nothing of it in the file.

    Raises:
        InvalidBinary: as `read_elf`.
    """
    with memoryview(data) as view:
        image = ElfImage(view)
        address = symbol_address(DynamicTable(image), name)
        if not address:
            return b""
        offset, room = image.room(address, "code")
        return image.read(offset, min(room, size), "code")
