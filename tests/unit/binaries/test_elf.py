"""What is read of ELF files, whatever their width, byte order and hash table."""

from __future__ import annotations

from dataclasses import replace
from struct import pack

import pytest

from bedplate.binaries.elf import read_elf, relocation_kinds
from bedplate.binaries.elf_relocations import RelocationKind
from bedplate.errors import InvalidBinary
from bedplate.model.elf_file import ElfFlag, ElfType, Linkage, VersionNeed
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol

_LIBRARY = ElfBuilder(
    needed=("libm.so.6", "libc.so.6"),
    soname="libx.so.1",
    rpath="$ORIGIN/../lib",
    runpath="/opt/lib",
    needs={"libc.so.6": ("GLIBC_2.34", "GLIBC_ABI_DT_RELR?"), "libm.so.6": ("GLIBC_2.29",)},
    defines=("X_1", "X_2"),
    symbols=(
        ElfSymbol("exp", defined=False, version="GLIBC_2.29", relocations=(7,)),
        ElfSymbol("environ", defined=False, version="GLIBC_2.34", relocations=(6, 1)),
        ElfSymbol("__gmon_start__", defined=False, weak=True),
        ElfSymbol("errno", defined=False, thread_local=True),
        ElfSymbol("start", version="X_2"),
        ElfSymbol("start", version="X_1", hidden=True),
        ElfSymbol("plain"),
    ),
)


@pytest.mark.parametrize("table", ["gnu", "sysv"])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("bits", [32, 64])
def test_a_library_whole(bits: int, order: str, table: str) -> None:
    elf = read_elf(replace(_LIBRARY, bits=bits, order=order, hash=table).build())
    assert (elf.bits, elf.byte_order) == (bits, "little" if order == "<" else "big")
    assert (elf.machine, elf.type, elf.linkage()) == (62, ElfType.SHARED, Linkage.SHARED_LIBRARY)
    assert elf.needed == ("libm.so.6", "libc.so.6")
    assert (elf.soname, elf.rpath, elf.runpath) == ("libx.so.1", "$ORIGIN/../lib", "/opt/lib")
    assert elf.versions_needed == (
        VersionNeed("libc.so.6", "GLIBC_2.34"),
        VersionNeed("libc.so.6", "GLIBC_ABI_DT_RELR", weak=True),
        VersionNeed("libm.so.6", "GLIBC_2.29"),
    )
    assert elf.versions_defined == ("X_1", "X_2")
    symbols = elf.symbols
    assert symbols.exports == {"": {b"plain"}, "X_2": {b"start"}}
    assert symbols.old_exports == {"X_1": {b"start"}}
    assert symbols.undefined == {"": {b"errno"}, "GLIBC_2.29": {b"exp"}, "GLIBC_2.34": {b"environ"}}
    assert symbols.weak == {"": {b"__gmon_start__"}}
    assert symbols.thread_local == {b"errno"}


def test_without_symbols_the_rest_is_the_same() -> None:
    data = _LIBRARY.build()
    assert replace(read_elf(data), symbols=read_elf(b"".join([data]), symbols=False).symbols) == (
        read_elf(data, symbols=False)
    )


def test_references_are_found_without_any_hash_table() -> None:
    needed = tuple(s for s in _LIBRARY.symbols if s.relocations)
    elf = read_elf(replace(_LIBRARY, symbols=needed, hash="").build())
    assert elf.symbols.undefined == {"GLIBC_2.29": {b"exp"}, "GLIBC_2.34": {b"environ"}}


def test_references_are_found_where_nothing_is_exported() -> None:
    needed = tuple(s for s in _LIBRARY.symbols if s.relocations)
    elf = read_elf(replace(_LIBRARY, symbols=needed, hash="gnu").build())
    assert elf.symbols.undefined == {"GLIBC_2.29": {b"exp"}, "GLIBC_2.34": {b"environ"}}


def test_relocations_of_the_symbols_in_question() -> None:
    kinds = relocation_kinds(_LIBRARY.build(), [b"exp", b"environ", b"plain", b"absent"])
    assert kinds == {
        b"exp": {RelocationKind.JUMP_SLOT},
        b"environ": {RelocationKind.GLOB_DAT, RelocationKind.ABSOLUTE},
    }


def test_flags_of_the_dynamic_table_and_the_segments() -> None:
    tags = {30: 0x8 | 0x10, 0x6FFFFFFB: 0x08000000 | 0x8, 36: 0, 22: 0}
    elf = read_elf(ElfBuilder(tags=tags, segments={7: 4, 0x6474E551: 7}).build())
    assert elf.flags == set(ElfFlag)


@pytest.mark.parametrize(
    ("file", "executable", "linkage"),
    [
        (ElfBuilder(type="executable", dynamic=False), True, Linkage.STATIC),
        (ElfBuilder(tags={0x6FFFFFFB: 0x08000000}), False, Linkage.STATIC_PIE),
        (ElfBuilder(), True, Linkage.STATIC_PIE),
        (ElfBuilder(), False, Linkage.SHARED_LIBRARY),
        (ElfBuilder(soname="libx.so"), True, Linkage.SHARED_LIBRARY),
        (ElfBuilder(soname="libc.so.6", interpreter="/lib/ld"), True, Linkage.SHARED_LIBRARY),
        # a Go program in PIE form: no library is needed, but the loader is
        (ElfBuilder(interpreter="/lib/ld"), True, Linkage.DYNAMIC),
        (ElfBuilder(type="executable", interpreter="/lib/ld"), True, Linkage.DYNAMIC),
        (ElfBuilder(type="relocatable", dynamic=False), False, Linkage.OBJECT),
    ],
)
def test_linkage(file: ElfBuilder, executable: bool, linkage: Linkage) -> None:  # noqa: FBT001
    assert read_elf(file.build()).linkage(executable=executable) is linkage


def test_notes() -> None:
    notes = {1: pack("<4I", 0, 3, 2, 0), 5: pack("<3I4x", 0xC0008002, 4, 0b111)}
    elf = read_elf(ElfBuilder(notes=notes).build())
    assert (elf.kernel, elf.isa_level) == ((3, 2, 0), 3)


def test_a_hundred_thousand_symbols() -> None:
    symbols = tuple(ElfSymbol(f"s{n}") for n in range(100_000))
    elf = read_elf(ElfBuilder(symbols=symbols).build())
    assert len(elf.symbols.exports[""]) == 100_000


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not an ELF file"),
        (b"#!/bin/sh\n" + bytes(40), "not an ELF file"),
        (b"\x7fELF" + bytes(60), "unknown width or byte order"),
        (_LIBRARY.build()[:40], "ends before its header"),
        (_LIBRARY.build()[:80], "ends before its program headers"),
        (_LIBRARY.build()[:-200], "ends before its"),
        (ElfBuilder(needed=("x",), tags={10: 1 << 40}).build(), "bytes of strings"),
        (ElfBuilder(tags={14: 1 << 20}).build(), "a name outside its strings"),
        (replace(_LIBRARY, tags={6: 1 << 50}).build(), "symbols is in no segment"),
        (replace(_LIBRARY, tags={4: 1 << 50}).build(), "hash table is in no segment"),
    ],
)
def test_files_that_cannot_be_read_say_why(data: bytes, message: str) -> None:
    with pytest.raises(InvalidBinary, match=message) as caught:
        read_elf(data)
    assert "\n" not in str(caught.value)


def test_a_count_of_symbols_that_nobody_has() -> None:
    table = pack("<II", 1, 0xFFFFFFFF)
    file = replace(_LIBRARY, hash="", rodata=b"COUNT---" + table)
    data = file.build()
    data = replace(file, tags={4: data.index(b"COUNT---") + 8}).build()
    with pytest.raises(InvalidBinary, match="4294967295 symbols"):
        read_elf(data)


def test_long_names_that_all_symbols_share() -> None:
    symbols = tuple(ElfSymbol("x" * 60_000) for _ in range(3))
    data = ElfBuilder(symbols=symbols).build()
    assert read_elf(data).symbols.exports == {"": {b"x" * 60_000}}


def test_versions_that_point_at_themselves() -> None:
    rows = pack("<HHIII", 1, 0xFFFF, 0, 0, 16) * 20_000
    file = ElfBuilder(rodata=b"VERSIONS" + rows)
    at = file.build().index(b"VERSIONS") + 8
    with pytest.raises(InvalidBinary, match="more than 16384 versions"):
        read_elf(replace(file, tags={0x6FFFFFFE: at, 0x6FFFFFFF: 0xFFFFFFFF}).build())
