"""All stores that a run may ask: the user's, and those that came with the program."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bedplate.advisories.embedded import embedded_names, open_embedded
from bedplate.advisories.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.advisories.store import Store
    from bedplate.model.store_manifest import StoreManifest

SUFFIX = ".sqlite"


class Stores:
    """Opens stores when they are first asked for, and keeps them open; safe for many threads.

    Args:
        folder: the user's stores; None for none.
        embedded: whether those that came with the program answer too.
    """

    def __init__(self, folder: Path | None, *, embedded: bool) -> None:
        self._folder = folder
        self._embedded = frozenset(embedded_names()) if embedded else frozenset()
        self._open: dict[str, Store | None] = {}
        self._lock = threading.Lock()

    def named(self, name: str) -> Store | None:
        """Give a store; the user's own wins, since the embedded ones cover less.

        Raises:
            CorruptStore: it can't be read.
        """
        with self._lock:
            if name not in self._open:
                self._open[name] = self._choose(name)
            return self._open[name]

    def names(self) -> tuple[str, ...]:
        """List every store that there is, sorted."""
        own = self._folder.glob(f"*{SUFFIX}") if self._folder else ()
        names = {path.name.removesuffix(SUFFIX) for path in own if path.name[0] != "."}
        return tuple(sorted(names | self._embedded))

    def manifests(self) -> tuple[StoreManifest, ...]:
        """Give the manifest of every store, in the order of names.

        Raises:
            CorruptStore: one of them can't be read.
        """
        found = (self.named(name) for name in self.names())
        return tuple(store.manifest for store in found if store is not None)

    def close(self) -> None:
        """Close every store."""
        with self._lock:
            for store in self._open.values():
                if store is not None:
                    store.close()
            self._open.clear()

    def _choose(self, name: str) -> Store | None:
        own = self._own(name)
        if own is None and name in self._embedded:
            return open_embedded(name)
        return own

    def _own(self, name: str) -> Store | None:
        if self._folder is None:
            return None
        path = self._folder / f"{name}{SUFFIX}"
        return open_store(path) if path.is_file() else None


def open_stores(folder: Path | None, *, embedded: bool = True) -> Stores:
    """Open the stores of a folder; no file is read before it is asked for.

    Args:
        folder: where `bedplate db update` puts them; None for none.
        embedded: whether the stores that came with the program answer too.
    """
    return Stores(folder, embedded=embedded)
