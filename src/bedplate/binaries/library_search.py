"""How a loader turns the name of a library into an object: the contract of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.binaries.library_world import LibraryWorld
    from bedplate.binaries.link_map import LinkMap, Loaded, Settings
    from bedplate.model.loader import Loader


class Surroundings(Protocol):
    """What does not change while a process runs."""

    world: LibraryWorld
    loader: Loader
    settings: Settings


class LibrarySearch(Protocol):
    """The rules of one loader."""

    def register(self, one: Loaded, links: LinkMap, /) -> None:
        """Take an object in under the names by which this loader finds it again."""
        ...

    def register_loader(self, loader: Loaded, links: LinkMap, /) -> None:
        """Take the loader itself in, which is in every process."""
        ...

    def find(
        self, name: str, user: Loaded, links: LinkMap, around: Surroundings, /
    ) -> Loaded | None:
        """Give the object that a name stands for, loaded before or now.

        Args:
            name: as NEEDED has it: a file name, or a path when there is a slash in it.
            user: object that needs it.
            links: objects of the process; what is found is added.
            around: the root file system, the loader, the environment.

        Returns:
            None when it is not found.
        """
        ...
