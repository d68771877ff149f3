"""The reader of ELF files against binutils, and library search against the loader."""

from __future__ import annotations

import mmap
import os
import re
import subprocess
from itertools import islice
from pathlib import Path

import pytest
from rig import readelf
from rig.machine import elf_files, machine_tree
from rig.processes import run

from bedplate.binaries.elf import read_elf, relocation_kinds
from bedplate.binaries.elf_relocations import RelocationKind
from bedplate.binaries.library_world import loader_of
from bedplate.binaries.library_worlds import TreeLibraries
from bedplate.binaries.process import start
from bedplate.model.elf_file import ElfFile, ElfFlag, Linkage

_FILES = 300
_PROGRAMS = 150

_SOURCE = """
#include <stdio.h>
__thread int counter;
int shown(void) { return ++counter; }
int main(void) { puts("x"); return shown(); }
"""
_VERSIONS = "X_1 { global: shown; local: *; }; X_2 { global: counter; } X_1;"


def _read(path: Path) -> ElfFile:
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        memoryview(mapped) as view,
    ):
        return read_elf(view)


def _assert_same(path: Path, judged: readelf.Judged) -> None:
    elf = _read(path)
    assert elf.interpreter == judged.interpreter, path
    assert list(elf.needed) == judged.dynamic["NEEDED"], path
    for tag, value in (("SONAME", elf.soname), ("RPATH", elf.rpath), ("RUNPATH", elf.runpath)):
        assert judged.dynamic[tag] == [value] * bool(value), (path, tag)
    needed = [(need.provider, need.name, need.weak) for need in elf.versions_needed]
    assert needed == judged.needed_versions, path
    assert list(elf.versions_defined) == judged.defined_versions, path
    symbols = elf.symbols
    assert symbols.exports == judged.exports, path
    assert symbols.old_exports == judged.old_exports, path
    assert symbols.undefined == judged.undefined, path
    assert symbols.weak == judged.weak, path


@pytest.mark.real("readelf")
def test_files_of_this_machine_are_read_as_readelf_reads_them() -> None:
    paths = list(elf_files("/usr/lib", "/usr/bin", "/usr/sbin", "/usr/local"))
    step = max(len(paths) // _FILES, 1)
    judged = list(readelf.judge(paths[::step]))
    assert judged
    for path, one in judged:
        _assert_same(path, one)


def _build(folder: Path, *options: str, source: str = _SOURCE) -> Path:
    code = folder / "x.c"
    code.write_text(source, encoding="ascii")
    (folder / "x.map").write_text(_VERSIONS, encoding="ascii")
    target = folder / "x"
    run(["gcc", "-o", target, code, *options], cwd=folder)
    return target


@pytest.mark.real("readelf", "gcc")
@pytest.mark.parametrize(
    ("options", "linkage", "flags"),
    [
        ((), Linkage.DYNAMIC, {ElfFlag.PIE, ElfFlag.TLS}),
        (("-no-pie",), Linkage.DYNAMIC, {ElfFlag.TLS}),
        (("-static",), Linkage.STATIC, {ElfFlag.TLS}),
        (("-static-pie",), Linkage.STATIC_PIE, {ElfFlag.PIE, ElfFlag.TLS}),
        (("-shared", "-fPIC", "-Wl,-soname,libx.so.1"), Linkage.SHARED_LIBRARY, {ElfFlag.TLS}),
        (("-shared", "-fPIC", "-Wl,--version-script=x.map"), Linkage.SHARED_LIBRARY, set()),
        (("-Wl,-z,now",), Linkage.DYNAMIC, {ElfFlag.BIND_NOW}),
        (("-shared", "-fPIC", "-Wl,-z,nodelete"), Linkage.SHARED_LIBRARY, {ElfFlag.NO_DELETE}),
        (("-Wl,-z,execstack",), Linkage.DYNAMIC, {ElfFlag.EXECUTABLE_STACK}),
        (("-Wl,-z,pack-relative-relocs",), Linkage.DYNAMIC, {ElfFlag.RELR}),
        (("-Wl,--hash-style=sysv",), Linkage.DYNAMIC, {ElfFlag.DYNAMIC}),
        (("-Wl,-rpath,$ORIGIN/../lib", "-Wl,--disable-new-dtags"), Linkage.DYNAMIC, set()),
        (("-Wl,-rpath,$ORIGIN/../lib", "-Wl,--enable-new-dtags"), Linkage.DYNAMIC, set()),
        (("-Wl,-z,x86-64-v3",), Linkage.DYNAMIC, set()),
        (("-s",), Linkage.DYNAMIC, set()),
        (("-c",), Linkage.OBJECT, set()),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_a_linker_makes(
    tmp_path: Path, options: tuple[str, ...], linkage: Linkage, flags: set[ElfFlag]
) -> None:
    built = _build(tmp_path, *options)
    for path, judged in readelf.judge([built]):
        _assert_same(path, judged)
    elf = _read(built)
    assert elf.linkage() is linkage
    assert flags <= elf.flags
    assert elf.isa_level == (3 if "-Wl,-z,x86-64-v3" in options else elf.isa_level)


@pytest.mark.real("gcc", "objcopy")
def test_section_headers_may_be_stripped(tmp_path: Path) -> None:
    built = _build(tmp_path)
    whole = _read(built)
    run(["objcopy", "--strip-section-headers", built]) if _can_strip() else _cut(built)
    assert _read(built) == whole


def _can_strip() -> bool:
    return "--strip-section-headers" in run(["objcopy", "--help"])


def _cut(path: Path) -> None:
    """Take out what the header says of section headers, and the headers themselves."""
    data = bytearray(path.read_bytes())
    start = int.from_bytes(data[0x28:0x30], "little")
    data[0x28:0x30] = bytes(8)
    data[0x3C:0x40] = bytes(4)
    path.write_bytes(data[:start])


@pytest.mark.real("gcc")
def test_kinds_of_relocations(tmp_path: Path) -> None:
    source = """
    extern int called(void), pointed(void), listed(void); extern int variable;
    int (*list[])(void) = { listed };
    int main(void) { int (*volatile p)(void) = pointed; return called() + p() + variable; }
    """
    options = ("-shared", "-fPIC", "-fplt", "-Wl,-z,lazy", "-Wl,-z,undefs")
    data = _build(tmp_path, *options, source=source).read_bytes()
    kinds = relocation_kinds(data, [b"called", b"pointed", b"listed", b"variable"])
    assert kinds == {
        b"called": {RelocationKind.JUMP_SLOT},
        b"pointed": {RelocationKind.GLOB_DAT},
        b"listed": {RelocationKind.ABSOLUTE},
        b"variable": {RelocationKind.GLOB_DAT},
    }


def _listed(loader: str, program: Path) -> set[Path] | None:
    """Give the libraries that the loader itself finds; None when it does not list them."""
    done = subprocess.run([f"/{loader}", "--list", program], capture_output=True, check=False)
    if done.returncode != 0:
        return None
    lines = done.stdout.decode().splitlines()
    names = (re.match(r"\t(?:.* => )?(/\S+) \(0x", line) for line in lines)
    return {Path(match[1]).resolve() for match in names if match}


@pytest.mark.real("ld.so")
def test_libraries_are_those_that_the_loader_finds() -> None:
    world = TreeLibraries(machine_tree())
    programs = [path for path in elf_files("/usr/bin", "/usr/lib/jvm") if os.access(path, os.X_OK)]
    step = max(len(programs) // _PROGRAMS, 1)
    judged = 0
    for program in islice(programs, 0, None, step):
        library = world.library(str(program)[1:])
        loader = loader_of(world, library.elf.interpreter) if library else None
        if library is None or loader is None:
            continue
        listed = _listed(loader.path, program)
        if listed is None:
            continue
        process = start(world, library, loader)
        own = Path("/", loader.path).resolve()
        found = {Path("/", one.library.path) for one in process.objects[1:]}
        assert found | {own} == listed | {own}, program
        assert process.missing == (), program
        missing = [process.scope.missing(one.library.elf) for one in process.objects]
        assert not any(missing), (program, missing)
        judged += 1
    assert judged
