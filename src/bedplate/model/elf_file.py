"""What the headers and dynamic tables of an ELF file say."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ElfType(StrEnum):
    """`e_type`."""

    RELOCATABLE = "relocatable"
    EXECUTABLE = "executable"
    SHARED = "shared"
    CORE = "core"
    OTHER = "other"


class ElfFlag(StrEnum):
    """What is either said of a file or not."""

    DYNAMIC = "dynamic"
    """It has a dynamic table."""
    BIND_NOW = "bind now"
    """Every function is looked up at load, whatever the caller asked for."""
    PIE = "pie"
    """A program, not a library (DF_1_PIE)."""
    NO_DELETE = "no delete"
    STATIC_TLS = "static tls"
    TEXT_RELOCATIONS = "text relocations"
    RELR = "relr"
    """Relative relocations in the compact form, which older loaders pass over."""
    TLS = "tls"
    """It has thread-local storage of its own."""
    EXECUTABLE_STACK = "executable stack"


class Linkage(StrEnum):
    """How much of a loader a file needs."""

    STATIC = "static"
    STATIC_PIE = "static-pie"
    DYNAMIC = "dynamic"
    """A program that names a loader, even one that needs no library."""
    SHARED_LIBRARY = "shared library"
    OBJECT = "object"
    """Input of a linker, or a core: nothing that is loaded."""


@dataclass(frozen=True, slots=True)
class VersionNeed:
    """A version of symbols that another library must define.

    Args:
        provider: SONAME of the library, `libc.so.6`.
        name: `GLIBC_2.34`.
        weak: loading goes on without it.
    """

    provider: str
    name: str
    weak: bool = False


Names = frozenset[bytes]


@dataclass(frozen=True, slots=True)
class ElfSymbols:
    """Dynamic symbols, as sets of names by version; the version "" is none.

    Args:
        exports: definitions that any reference finds (`name@@version`, `name`).
        old_exports: definitions for references to just this version (`name@version`).
        undefined: references that must be found.
        weak: references that may stay without a definition.
        thread_local: those of all these names that stand for thread-local variables.
    """

    exports: Mapping[str, Names] = field(default_factory=dict)
    old_exports: Mapping[str, Names] = field(default_factory=dict)
    undefined: Mapping[str, Names] = field(default_factory=dict)
    weak: Mapping[str, Names] = field(default_factory=dict)
    thread_local: Names = frozenset()

    def exported(self, name: bytes) -> bool:
        """Tell whether a reference without a version finds this name."""
        return any(name in names for names in self.exports.values())


NO_SYMBOLS = ElfSymbols()


@dataclass(frozen=True, slots=True)
class ElfFile:
    """One program, library or object.

    Text of the file is decoded as UTF-8 with surrogates (PEP 383); names of symbols are bytes.

    Args:
        bits: 32 or 64.
        byte_order: `little` or `big`.
        machine: `e_machine`: 62 is x86-64, 183 AArch64.
        type: what `e_type` says.
        os_abi: `EI_OSABI`; 0 for nearly all of Linux.
        interpreter: the loader that starts it (PT_INTERP); empty when none.
        needed: names of libraries, in order.
        soname: its own name as a library; empty when it has none.
        rpath: folders to search, as written, with `$ORIGIN`; empty when none.
        runpath: the same by DT_RUNPATH.
        versions_needed: versions of symbols that other libraries must define.
        versions_defined: versions that it defines, without the one named after the file.
        flags: what else is so.
        isa_level: of x86-64 that it says it needs: 1 to 4; 0 when it does not say.
        kernel: least Linux version that it says it needs.
        symbols: dynamic symbols; `NO_SYMBOLS` when they were not asked for.
    """

    bits: int
    byte_order: str
    machine: int
    type: ElfType
    os_abi: int = 0
    interpreter: str = ""
    needed: tuple[str, ...] = ()
    soname: str = ""
    rpath: str = ""
    runpath: str = ""
    versions_needed: tuple[VersionNeed, ...] = ()
    versions_defined: tuple[str, ...] = ()
    flags: frozenset[ElfFlag] = frozenset()
    isa_level: int = 0
    kernel: tuple[int, int, int] | None = None
    symbols: ElfSymbols = NO_SYMBOLS

    def has(self, flag: ElfFlag) -> bool:
        """Tell whether something is said of this file."""
        return flag in self.flags

    def runs_like(self, other: ElfFile) -> bool:
        """Tell whether both can be in one process: same machine, width and byte order."""
        return (self.machine, self.bits, self.byte_order) == (
            other.machine,
            other.bits,
            other.byte_order,
        )

    def linkage(self, *, executable: bool = False) -> Linkage:
        """Say how much of a loader it needs.

        The interpreter decides: not NEEDED, which a Go program in PIE form lacks.

        Args:
            executable: the file has an executable bit; old linkers left DF_1_PIE out.
        """
        if self.type not in (ElfType.EXECUTABLE, ElfType.SHARED):
            return Linkage.OBJECT
        if self.interpreter and (self.has(ElfFlag.PIE) or not self.soname):
            return Linkage.DYNAMIC  # glibc's own library has an interpreter, and a SONAME
        if self.type is ElfType.EXECUTABLE:
            return Linkage.STATIC
        if self.has(ElfFlag.PIE):
            return Linkage.STATIC_PIE
        if executable and not (self.soname or self.needed):
            return Linkage.STATIC_PIE
        return Linkage.SHARED_LIBRARY
