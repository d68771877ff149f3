"""Which libraries are in a process, in the order in which a loader brings them in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bedplate.binaries import glibc_search, musl_search
from bedplate.binaries.link_map import LinkMap, Loaded, Settings
from bedplate.binaries.symbol_scope import SymbolScope
from bedplate.errors import LimitExceeded
from bedplate.model.loader import LoaderKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.binaries.library_search import LibrarySearch
    from bedplate.binaries.library_world import Library, LibraryWorld
    from bedplate.model.loader import Loader

_SEARCHES: dict[LoaderKind, LibrarySearch] = {
    LoaderKind.GLIBC: glibc_search,
    LoaderKind.MUSL: musl_search,
}
_MAX_OBJECTS = 1000


class MissingLibrary(NamedTuple):
    """A library that was not found.

    Args:
        name: as NEEDED or LD_PRELOAD has it.
        needed_by: path of the file that needs it.
    """

    name: str
    needed_by: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What comes into a process when a library is opened in it.

    Args:
        objects: the library and those that it brings along, in the order of the look-up.
        added: those of them that were not there before.
        missing: libraries that were not found.
    """

    objects: tuple[Loaded, ...]
    added: tuple[Loaded, ...]
    missing: tuple[MissingLibrary, ...] = ()


@dataclass(slots=True)
class Process:
    """A main program with its libraries: the scope that all others are opened in.

    Args:
        world: the root file system.
        loader: that starts the program.
        settings: of its environment.
        links: objects by the names under which they are found again.
        objects: in the order of the look-up of symbols, the program first.
        missing: libraries that were not found: the program does not start.
    """

    world: LibraryWorld
    loader: Loader
    settings: Settings
    links: LinkMap
    objects: tuple[Loaded, ...] = ()
    missing: tuple[MissingLibrary, ...] = ()
    _scope: SymbolScope | None = field(default=None, repr=False)

    @property
    def scope(self) -> SymbolScope:
        """Symbols that everything in the process sees."""
        if self._scope is None:
            self._scope = SymbolScope(self.loader, [one.library.elf for one in self.objects])
        return self._scope

    def open(self, library: Library, path: str = "") -> Opening:
        """Say what `dlopen` brings in; the process itself stays as it is.

        Args:
            library: to open.
            path: by which it is opened, for `$ORIGIN`; its real path when left out.

        Raises:
            LimitExceeded: it brings in more libraries than any program has.
        """
        program = self.objects[0]
        links = self.links.copy()
        before = set(self.objects)
        there = links.by_file(library.path)
        first = there or Loaded(path or library.path, library, program)
        if there is None:
            _search(self).register(first, links)
        objects, missing = _closure(self, links, [first])
        added = tuple(one for one in objects if one not in before)
        return Opening(tuple(objects), added, tuple(missing))

    def scope_with(self, opening: Opening) -> SymbolScope:
        """Give the symbols that an opened library sees: those of the process, then its own."""
        return SymbolScope(self.loader, [one.library.elf for one in opening.added], self.scope)


def start(
    world: LibraryWorld, program: Library, loader: Loader, settings: Settings | None = None
) -> Process:
    """Bring a program and its libraries into a process, as its loader would.

    Args:
        world: the root file system.
        program: to start.
        loader: that its interpreter names (`library_world.loader_of`).
        settings: of its environment.

    Raises:
        LimitExceeded: it brings in more libraries than any program has.
    """
    process = Process(world, loader, settings or Settings(), LinkMap())
    main = Loaded(program.path, program, None)
    itself = world.library(loader.path)
    search = _search(process)
    if itself:
        search.register_loader(Loaded(loader.path, itself, main), process.links)
    process.links.add(main)
    process.objects = (main,)
    first = [main]
    missing = []
    for name in process.settings.preload:
        found = search.find(name, main, process.links, process)
        first += [found] if found else []
        missing += [] if found else [MissingLibrary(name, "LD_PRELOAD")]
    objects, absent = _closure(process, process.links, first)
    process.objects = tuple(objects)
    process.missing = (*missing, *absent)
    return process


def _search(process: Process) -> LibrarySearch:
    return _SEARCHES[process.loader.kind]


def _closure(
    process: Process, links: LinkMap, first: Iterable[Loaded]
) -> tuple[list[Loaded], list[MissingLibrary]]:
    """Find what objects need, breadth first; each object once."""
    objects = list(dict.fromkeys(first))
    known = set(objects)
    missing: dict[MissingLibrary, None] = {}
    search = _search(process)
    pending = deque(objects)
    while pending:
        if len(objects) > _MAX_OBJECTS:
            raise LimitExceeded(f"{objects[0].path} brings in more than {_MAX_OBJECTS} libraries")
        user = pending.popleft()
        for name in user.library.elf.needed:
            found = search.find(name, user, links, process)
            if found is None:
                missing.setdefault(MissingLibrary(name, user.path))
            elif found not in known:
                known.add(found)
                objects.append(found)
                pending.append(found)
    return objects, list(missing)
