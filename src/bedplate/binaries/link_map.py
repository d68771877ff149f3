"""The objects of one process, found again by name or by file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.binaries.library_world import Library, LibraryWorld


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment tells a loader.

    Args:
        library_path: folders of LD_LIBRARY_PATH, without a leading slash.
        preload: names or paths of LD_PRELOAD.
        isa_level: of the processor, for the folders below `glibc-hwcaps`: 1 is any x86-64.
    """

    library_path: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    isa_level: int = 1

    @classmethod
    def of_environment(cls, variables: dict[str, str]) -> Settings:
        """Read LD_LIBRARY_PATH and LD_PRELOAD.

        Args:
            variables: of an image's configuration.
        """
        folders = variables.get("LD_LIBRARY_PATH", "").replace(";", ":").split(":")
        names = variables.get("LD_PRELOAD", "").replace(":", " ").split()
        return cls(tuple(f.strip("/") for f in folders if f.startswith("/")), tuple(names))


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """An object in a process.

    Args:
        path: by which it was opened, without a leading slash; `$ORIGIN` is its folder.
        library: the file.
        needed_by: the object that brought it in; None for the program.
    """

    path: str
    library: Library
    needed_by: Loaded | None

    @property
    def origin(self) -> str:
        """The folder that `$ORIGIN` stands for."""
        return self.path.rpartition("/")[0]

    def users(self) -> Iterable[Loaded]:
        """Walk from this object up to the program."""
        one: Loaded | None = self
        while one is not None:
            yield one
            one = one.needed_by


_MAX_PLACES = 200_000  # a desktop program of 400 libraries looks at some thousands


class LinkMap:
    """The objects of one process, and how many places were searched for them."""

    def __init__(self) -> None:
        self._left = _MAX_PLACES
        self._by_name: dict[str, Loaded] = {}
        self._by_file: dict[str, Loaded] = {}

    def copy(self) -> LinkMap:
        """Give a map to which objects can be added without a trace here."""
        other = LinkMap()
        other._by_name = dict(self._by_name)
        other._by_file = dict(self._by_file)
        return other

    def add(self, one: Loaded, *names: str) -> None:
        """Take an object in, or give it further names; the first object keeps a name."""
        self._by_file.setdefault(one.library.path, one)
        for name in names:
            if name:
                self._by_name.setdefault(name, one)

    def search(self, world: LibraryWorld, path: str) -> Library | None:
        """Look for a library at one place.

        Raises:
            LimitExceeded: long paths in many files had us look at too many places.
        """
        self._left -= 1
        if self._left < 0:
            raise LimitExceeded(f"libraries that are looked for in more than {_MAX_PLACES} places")
        return world.library(path)

    def by_name(self, name: str) -> Loaded | None:
        """Find an object by a name that it was given."""
        return self._by_name.get(name)

    def by_file(self, path: str) -> Loaded | None:
        """Find an object by its real path."""
        return self._by_file.get(path)
