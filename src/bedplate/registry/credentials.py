"""Finds the login of a registry: walks the shelf, and remembers."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration
from bedplate.registry.credential_sources import CREDENTIAL_SOURCES

if TYPE_CHECKING:
    from bedplate.registry.credential_source import (
        Credential,
        CredentialPlaces,
        CredentialSource,
    )


class Credentials:
    """The logins of this user; safe for many threads.

    A place that can't be read matters only when a registry refuses us: it is then named by
    `problem`, so that a broken login for one registry is no obstacle at another.

    Args:
        places: where to look.
        sources: how, in order; the first that has a login wins.
    """

    def __init__(
        self,
        places: CredentialPlaces,
        sources: tuple[CredentialSource, ...] = CREDENTIAL_SOURCES,
    ) -> None:
        self._places = places
        self._sources = sources
        self._lock = threading.Lock()
        self._found: dict[tuple[str, str], Credential | None] = {}
        self._problems: dict[str, str] = {}

    def find(self, registry: str, repository: str) -> Credential | None:
        """Give the login for a repository of a registry, None to go without.

        Args:
            registry: `host[:port]`, `docker.io` for Docker Hub.
            repository: path there.
        """
        key = (registry, repository)
        with self._lock:
            if key not in self._found:
                self._found[key] = self._search(registry, repository)
            return self._found[key]

    def problem(self, registry: str) -> str:
        """Say why a place that may hold the login of this registry could not be read."""
        return self._problems.get(registry, "")

    def _search(self, registry: str, repository: str) -> Credential | None:
        for source in self._sources:
            try:
                credential = source.find(registry, repository, self._places)
            except InvalidConfiguration as error:
                self._problems.setdefault(registry, error.message)
                continue
            if credential is not None:
                return credential
        return None
