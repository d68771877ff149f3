"""Symbols of several objects together, and which references find nothing in them.

Source: glibc, elf/dl-lookup.c, `check_match`; musl, ldso/dynlink.c, `find_sym`, `get_lfs64`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.loader import LoaderKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.model.elf_file import ElfFile
    from bedplate.model.loader import Loader

    Names = frozenset[bytes]


class MissingSymbol(NamedTuple):
    """A reference that finds no definition.

    Args:
        name: of the symbol.
        version: that is asked for; empty when none.
    """

    name: bytes
    version: str = ""


class SymbolScope:
    """What objects define together.

    Args:
        loader: whose rules hold: musl knows no versions.
        objects: in the order of the look-up.
        outer: definitions that are seen as well.
    """

    def __init__(
        self, loader: Loader, objects: Sequence[ElfFile], outer: SymbolScope | None = None
    ) -> None:
        self._loader = loader
        self._objects = tuple(objects)
        self._outer = outer
        self._versioned: dict[str, Names] = {}

    def missing(self, elf: ElfFile) -> tuple[MissingSymbol, ...]:
        """Give the references of an object that find nothing, sorted; weak ones may.

        Args:
            elf: with symbols; it need not be among the objects.
        """
        absent = []
        for version, names in elf.symbols.undefined.items():
            asked = version if self._loader.kind is LoaderKind.GLIBC else ""
            absent += [MissingSymbol(n, version) for n in names - self.defined(names, asked)]
        return tuple(sorted(absent))

    def defined(self, names: Names, version: str) -> Names:
        """Give those of some names that references to a version find.

        Args:
            names: of symbols.
            version: that is asked for; empty when none.
        """
        found = names & self._outer.defined(names, version) if self._outer else frozenset()
        if found == names:
            return found
        found |= names & self._names(version)
        return found | self._hidden(names - found)

    def _names(self, version: str) -> Names:
        known = self._versioned.get(version)
        if known is None:
            groups = (_answering(elf, version) for elf in self._objects)
            known = frozenset().union(*(names for group in groups for names in group))
            self._versioned[version] = known
        return known

    def _hidden(self, names: Names) -> Names:
        """Give those that musl finds for programs of glibc: `open64` by way of `open`."""
        hidden = names & self._loader.hidden_names
        return hidden if hidden and self._has_libc() else frozenset()

    def _has_libc(self) -> bool:
        return any(elf.symbols.exported(b"__libc_start_main") for elf in self._objects)


def _answering(elf: ElfFile, version: str) -> Iterable[Names]:
    """Give the definitions that a reference finds; an object without versions answers any."""
    symbols = elf.symbols
    if not version:
        first = elf.versions_defined[0] if elf.versions_defined else ""
        return [*symbols.exports.values(), symbols.old_exports.get(first, frozenset())]
    if not any(symbols.exports) and not any(symbols.old_exports):
        return symbols.exports.values()
    groups = (symbols.exports, symbols.old_exports)
    of_version = [group[version] for group in groups if version in group]
    return [*of_version, symbols.exports.get("", frozenset())]
