"""One compiled file of an application, with what the checks want to know of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.binaries.elf import read_elf, relocation_kinds
from bedplate.binaries.embedded import find_embedded
from bedplate.binaries.go_program import go_uses, is_go_program
from bedplate.binaries.node_addon import NodeAddon, read_node_addon
from bedplate.binaries.plugins import PluginKind, plugin_kinds
from bedplate.binaries.searching import contains
from bedplate.model.elf_file import Linkage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from bedplate.binaries.elf_relocations import RelocationKind
    from bedplate.model.elf_file import ElfFile

    Kinds = Mapping[bytes, frozenset[RelocationKind]]

_IN_PACKAGE = re.compile(r"(?:^|/)(?:node_modules|site-packages|dist-packages)/")
_LIBRARY = re.compile(r"\.so(?:\.[0-9.]+)?$")
GO = "go"
CERTIFICATES_INSIDE = "certificates inside"
TIME_ZONES_INSIDE = "time zones inside"
STATIC_NSS = "static name service"
_GLIBC_NSS = b"\0libnss_"  # glibc, nss/nss_module.c: in static programs that look names up


@dataclass(frozen=True, slots=True)
class Contents:
    """What only the bytes of a program tell, beside its headers and symbols.

    Args:
        uses: what it asks of the system, and what it brings along: values of `GoUse`, `go`,
            `certificates inside`, `time zones inside`, `static name service`.
        addon: what it says as an addon of Node.js; None when it is none.
        sha256: of the file, in hex; empty when it was not worth the time.
    """

    uses: frozenset[str] = frozenset()
    addon: NodeAddon | None = None
    sha256: str = ""


@dataclass(frozen=True)
class AppFile:
    """A program or library of an application.

    Args:
        path: from the root of the application, no link in it.
        elf: what was read of it, with symbols.
        executable: somebody may execute it.
        read_contents: gives what only its bytes tell; called once, when it is asked for.
        read_kinds: says how it uses some of its undefined symbols.
    """

    path: str
    elf: ElfFile
    executable: bool
    read_contents: Callable[[], Contents] = field(repr=False, compare=False)
    read_kinds: Callable[[Collection[bytes]], Kinds] = field(repr=False, compare=False)

    @cached_property
    def contents(self) -> Contents:
        """What only its bytes tell."""
        return self.read_contents()

    @cached_property
    def linkage(self) -> Linkage:
        """How much of a loader it needs; libraries often have an executable bit."""
        library = self.plugin_of or _LIBRARY.search(self.path)
        return self.elf.linkage(executable=self.executable and not library)

    @property
    def is_packaged(self) -> bool:
        """Whether a package of a language brought it, which others call as they need."""
        return _IN_PACKAGE.search(self.path) is not None

    @cached_property
    def plugin_of(self) -> frozenset[PluginKind]:
        """Whose extension it is; addons that register themselves are told by their name."""
        own = {PluginKind.NODE} if self.path.endswith(".node") else set()
        return plugin_kinds(self.elf) | own


def file_of_bytes(
    path: str, read: Callable[[], bytes | memoryview], *, executable: bool = False
) -> AppFile:
    """Read a file whose bytes can be had again.

    Args:
        path: from the root of the application.
        read: gives its bytes.
        executable: somebody may execute it.

    Raises:
        InvalidBinary: not an ELF file, or a damaged one.
    """
    elf = read_elf(read())
    return AppFile(
        path,
        elf,
        executable,
        lambda: read_contents(read(), elf),
        lambda names: relocation_kinds(read(), names),
    )


def read_contents(data: bytes | memoryview, elf: ElfFile) -> Contents:
    """Read what only the bytes of a file tell.

    Args:
        data: the whole file.
        elf: what was read of it.
    """
    if plugin_kinds(elf) or elf.linkage() is Linkage.SHARED_LIBRARY:
        return Contents(addon=read_node_addon(data, elf))
    return Contents(frozenset(_uses(data, elf)))


def _uses(data: bytes | memoryview, elf: ElfFile) -> set[str]:
    static = not elf.interpreter and not elf.needed
    uses = {STATIC_NSS} if static and contains(data, _GLIBC_NSS) else set()
    if not is_go_program(data):
        return uses
    uses |= {GO, *(str(use) for use in go_uses(data))}
    inside = find_embedded(data)
    uses |= {CERTIFICATES_INSIDE} if inside.has_certificates else set()
    return uses | ({TIME_ZONES_INSIDE} if inside.has_time_zones else set())
