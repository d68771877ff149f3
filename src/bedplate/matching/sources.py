"""The stores of one match: which were asked, and which are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.namespaces import store_of
from bedplate.advisories.store import Store

if TYPE_CHECKING:
    from bedplate.advisories.stores import Stores
    from bedplate.model.store_manifest import StoreManifest


class Sources:
    """Answers from one store or from several, and remembers who was asked.

    Args:
        stores: one store, or all of them.
    """

    def __init__(self, stores: Store | Stores) -> None:
        self._stores = stores
        self._asked: dict[str, Store] = {}

    def of(self, namespace: str) -> Store | None:
        """Give the store of a namespace."""
        return self.named(store_of(namespace))

    def named(self, name: str) -> Store | None:
        """Give a store by its name."""
        if name not in self._asked:
            found = self._find(name)
            if found is None:
                return None
            self._asked[name] = found
        return self._asked[name]

    @property
    def only(self) -> dict[str, str]:
        """The namespace of each kind of system packages, where one store knows a single one.

        Who hands in one store has chosen the release.
        """
        if not isinstance(self._stores, Store):
            return {}
        found: dict[str, list[str]] = {}
        for namespace in self._stores.manifest.namespaces:
            kind, colon, _ = namespace.partition(":")
            if colon:
                found.setdefault(kind, []).append(namespace)
        return {kind: listed[0] for kind, listed in found.items() if len(listed) == 1}

    @property
    def manifests(self) -> tuple[StoreManifest, ...]:
        """Give the manifests of all that were asked, by name."""
        return tuple(self._asked[name].manifest for name in sorted(self._asked))

    def _find(self, name: str) -> Store | None:
        stores = self._stores
        if not isinstance(stores, Store):
            return stores.named(name)
        holds = {store_of(namespace) for namespace in stores.manifest.namespaces}
        return stores if name in holds or name == stores.manifest.name else None
