"""Which references find a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.elf import read_elf
from bedplate.binaries.symbol_scope import MissingSymbol, SymbolScope
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol
from bedplate.testing.sample_roots import GLIBC, LIBC, MUSL, glibc, musl, program, run

if TYPE_CHECKING:
    from bedplate.model.elf_file import ElfFile


def _needs(*symbols: tuple[str, str], weak: bool = False) -> ElfFile:
    versions = tuple(dict.fromkeys(version for _, version in symbols if version))
    references = tuple(
        ElfSymbol(name, defined=False, version=version, relocations=(7,), weak=weak)
        for name, version in symbols
    )
    needs = {"libc.so.6": versions} if versions else {}
    return read_elf(ElfBuilder(symbols=references, needs=needs).build())


def _glibc_scope(*more: ElfFile) -> SymbolScope:
    loader = glibc({}).loaders[0]
    assert loader.path == GLIBC
    return SymbolScope(loader, [read_elf(LIBC), *more])


def test_glibc_compares_versions() -> None:
    scope = _glibc_scope()
    assert scope.missing(_needs(("printf", "GLIBC_2.2.5"), ("memcpy", "GLIBC_2.2.5"))) == ()
    assert scope.missing(_needs(("printf", "GLIBC_2.34"))) == (
        MissingSymbol(b"printf", "GLIBC_2.34"),
    )
    assert scope.missing(_needs(("absent", ""))) == (MissingSymbol(b"absent"),)


def test_references_without_a_version_find_new_definitions_and_the_oldest() -> None:
    scope = _glibc_scope()
    assert scope.missing(_needs(("printf", ""), ("memcpy", ""))) == ()
    assert scope.missing(_needs(("gone", ""))) == (MissingSymbol(b"gone"),)


def test_an_object_without_versions_answers_any() -> None:
    plain = read_elf(ElfBuilder(symbols=(ElfSymbol("absent"),)).build())
    assert _glibc_scope(plain).missing(_needs(("absent", "GLIBC_2.34"))) == ()


def test_weak_references_may_stay_open() -> None:
    assert _glibc_scope().missing(_needs(("absent", ""), weak=True)) == ()


def test_musl_knows_no_versions() -> None:
    scope = run(musl({"app": program("libc.so", loader=MUSL)})).scope
    assert scope.missing(_needs(("printf", "GLIBC_2.99"))) == ()
    assert scope.missing(_needs(("fcntl64", "GLIBC_2.28"))) == (
        MissingSymbol(b"fcntl64", "GLIBC_2.28"),
    )


def test_musl_finds_large_file_names_for_programs_of_glibc() -> None:
    world = musl({"app": program("libc.so", loader=MUSL)})
    assert world.loaders[0].version == "1.2.5"
    assert world.loaders[0].reads_relr
    scope = run(world).scope
    assert scope.missing(_needs(("open64", ""), ("readdir64_r", ""), ("aio_error64", ""))) == ()


def test_an_opened_library_sees_the_process_and_its_own() -> None:
    used = tuple(ElfSymbol(n, defined=False, relocations=(7,)) for n in ("mine", "printf"))
    files = {
        "app": program("libc.so.6"),
        "usr/lib/libmine.so": ElfBuilder(symbols=(ElfSymbol("mine"),)).build(),
        "addon.so": ElfBuilder(needed=("libmine.so",), symbols=used).build(),
    }
    world = glibc(files)
    process = run(world)
    addon = world.library("addon.so")
    assert addon is not None
    assert process.scope.missing(addon.elf) == (MissingSymbol(b"mine"),)
    assert process.scope_with(process.open(addon)).missing(addon.elf) == ()
