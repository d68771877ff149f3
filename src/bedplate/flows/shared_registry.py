"""One memory of registries for all parts of a run."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.flows.session import Session
    from bedplate.registry.client import RegistryClient


def shared_registry(session: Session) -> Session:
    """Give the session with a registry client that asks everything once."""
    plain = session.access.registry

    @functools.cache
    def client() -> RegistryClient:
        # lazy: offline no registry is spoken to
        from bedplate.registry.remembering import RememberingClient  # noqa: PLC0415

        return RememberingClient(plain())

    return replace(session, access=replace(session.access, registry=client))
