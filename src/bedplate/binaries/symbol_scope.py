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
        self._groups: dict[str, list[Names]] = {}

    def missing(self, elf: ElfFile) -> tuple[MissingSymbol, ...]:
        """Give the references of an object that find nothing, sorted; weak ones may.

        Args:
            elf: with symbols; it need not be among the objects.
        """
        absent = []
        for version, names in elf.symbols.undefined.items():
            asked = version if self._loader.kind is LoaderKind.GLIBC else ""
            absent += [MissingSymbol(name, version) for name in self.undefined(names, asked)]
        return tuple(sorted(absent))

    def undefined(self, names: Names, version: str) -> Names:
        """Give those of some names that references to a version don't find.

        Args:
            names: of symbols.
            version: that is asked for; empty when none.
        """
        left = self._outer.undefined(names, version) if self._outer else names
        for defined in self._defined(version) if left else ():
            left -= defined
        return left - self._hidden() if left else left

    def _defined(self, version: str) -> list[Names]:
        groups = self._groups.get(version)
        if groups is None:
            every = (group for elf in self._objects for group in _answering(elf, version))
            groups = self._groups[version] = [group for group in every if group]
        return groups

    def _hidden(self) -> Names:
        """Give what musl finds for programs of glibc: `open64` by way of `open`."""
        names = self._loader.hidden_names
        has_libc = names and any(e.symbols.exported(b"__libc_start_main") for e in self._objects)
        return names if has_libc else frozenset()


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
