"""One file on one base: what every check is given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.binaries.elf_relocations import RelocationKind
from bedplate.binaries.library_world import Library, loader_of
from bedplate.binaries.process import start
from bedplate.model.elf_file import ElfFlag, Linkage
from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome, Proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Unpack

    from bedplate.binaries.link_map import Loaded
    from bedplate.binaries.process import MissingLibrary, Opening, Process
    from bedplate.binaries.symbol_scope import MissingSymbol, SymbolScope
    from bedplate.model.elf_file import ElfFile
    from bedplate.model.loader import Loader
    from bedplate.proving.app_file import AppFile
    from bedplate.proving.host import Host
    from bedplate.proving.proof_fields import ProofFields
    from bedplate.proving.situation import Situation

_DEFERRED = {
    LoaderKind.GLIBC: frozenset((RelocationKind.JUMP_SLOT,)),
    LoaderKind.MUSL: frozenset((RelocationKind.JUMP_SLOT, RelocationKind.GLOB_DAT)),
}


@dataclass(frozen=True)
class Case:
    """A program, or a library in the process that opens it.

    Args:
        file: to judge.
        situation: application and base.
        host: the process that opens it; None for a program, or when there is none.
    """

    file: AppFile
    situation: Situation
    host: Host | None = None

    @property
    def linkage(self) -> Linkage:
        """How much of a loader it needs."""
        return self.file.linkage

    @cached_property
    def loader(self) -> Loader | None:
        """The loader that would bring it into a process; None when there is none."""
        if self.linkage is Linkage.DYNAMIC:
            return loader_of(self.situation.world, self.file.elf.interpreter)
        return self.host.process.loader if self.host else None

    @cached_property
    def process(self) -> Process | None:
        """The process that it is in; None without one: a static program, no loader."""
        if self.linkage is not Linkage.DYNAMIC:
            return self.host.process if self.host else None
        if self.loader is None:
            return None
        program = Library(self.file.path, self.file.elf)
        return start(self.situation.world, program, self.loader, self.situation.settings)

    @cached_property
    def opening(self) -> Opening | None:
        """What opening it brings into the process of its host."""
        if self.linkage is Linkage.DYNAMIC or self.process is None:
            return None
        return self.process.open(Library(self.file.path, self.file.elf))

    @property
    def objects(self) -> Sequence[Loaded]:
        """The objects that come in with it, the file itself first."""
        if self.opening is not None:
            return self.opening.added
        return self.process.objects if self.process else ()

    @property
    def missing_libraries(self) -> Sequence[MissingLibrary]:
        """Libraries that are not found."""
        if self.opening is not None:
            return self.opening.missing
        return self.process.missing if self.process else ()

    @cached_property
    def scope(self) -> SymbolScope | None:
        """The symbols that it sees."""
        if self.process is None:
            return None
        return self.process.scope_with(self.opening) if self.opening else self.process.scope

    def missing_symbols(self, elf: ElfFile) -> list[MissingSymbol]:
        """Give the references of an object that find nothing."""
        found = self.scope.missing(elf) if self.scope else ()
        return [one for one in found if not (self.host and self.host.gives(one.name))]

    def is_deferred(self, elf: ElfFile, kinds: Iterable[RelocationKind]) -> bool:
        """Tell whether a missing symbol is noticed only when it is called.

        Source: glibc, elf/dl-reloc.c; musl, ldso/dynlink.c, `prepare_lazy` and `do_relocs`.
        """
        loader = self.loader
        if loader is None or elf.has(ElfFlag.BIND_NOW):
            return False
        if self.host is None and loader.kind is LoaderKind.MUSL:
            return False  # what a program starts with is looked up at once
        lazy = self.host is None or self.host.lazy
        return lazy and set(kinds) <= _DEFERRED[loader.kind]

    def proof(
        self, outcome: Outcome, check: str, reason: str, **more: Unpack[ProofFields]
    ) -> Proof:
        """Make a proof about this file."""
        return Proof(self.file.path, outcome, check, reason, **more)
