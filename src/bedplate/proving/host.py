"""The process that opens a library: Node.js, Python, or one of which only libc is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.binaries.library_world import Library, loader_of
from bedplate.binaries.plugins import PluginKind
from bedplate.binaries.process import Process, start
from bedplate.model.elf_file import ElfFile, ElfType
from bedplate.model.loader import LoaderKind

if TYPE_CHECKING:
    from bedplate.model.abi_profile import MainProgram
    from bedplate.proving.situation import Situation

# names that a main program gives which is not there to be asked
_GIVEN = {
    PluginKind.NODE: re.compile(
        rb"napi_|node_|uv_|_ZN[K]?2v8|_ZN[K]?4node|_ZT[ISV]N(?:2v8|4node)|_Z.*(?:2v8|4node)"
    ),
    PluginKind.PYTHON: re.compile(rb"_?Py"),
    PluginKind.RUBY: re.compile(rb"rb_|ruby_|onig"),
    PluginKind.PHP: re.compile(
        rb"zend_|_?php_|_?e?_?(?:zval|zend|emalloc|efree|object)|.*_globals"
    ),
}
_LIBC = {LoaderKind.GLIBC: ("libc.so.6",), LoaderKind.MUSL: ("libc.so",)}


@dataclass(frozen=True, slots=True)
class Host:
    """Who opens a library.

    Args:
        process: with the libraries that it starts with.
        lazy: it leaves functions to be looked up at the first call (RTLD_LAZY).
        program: of the base; None for a process of which only libc is known.
        kind: whose extensions it opens.
    """

    process: Process
    lazy: bool
    program: MainProgram | None = None
    kind: PluginKind | None = None

    def gives(self, name: bytes) -> bool:
        """Tell whether a symbol is one of a main program that is not there to be asked."""
        pattern = _GIVEN.get(self.kind) if self.kind and self.program is None else None
        return pattern is not None and pattern.match(name) is not None


def find_host(situation: Situation, kind: PluginKind | None, elf: ElfFile) -> Host | None:
    """Give the process that would open a library.

    Args:
        situation: application and base.
        kind: whose extension the library is; None for one of no language.
        elf: the library.

    Returns:
        None when nothing on this base could open it: no loader for its processor.
    """
    name = str(kind) if kind in (PluginKind.NODE, PluginKind.PYTHON) else ""
    program = situation.main_program(name) if name else None
    found = situation.world.library(program.path) if program else None
    loader = loader_of(situation.world, found.elf.interpreter) if found else None
    if program and found and loader and found.elf.runs_like(elf):
        process = start(situation.world, found, loader, situation.settings)
        return Host(process, program.lazy, program, kind)
    loader = situation.loader_for(elf)
    if loader is None:
        return None
    needed = _LIBC[loader.kind]
    plain = ElfFile(elf.bits, elf.byte_order, elf.machine, ElfType.EXECUTABLE, needed=needed)
    process = start(situation.world, Library("", plain), loader, situation.settings)
    return Host(process, lazy=kind is not PluginKind.PYTHON, kind=kind)
