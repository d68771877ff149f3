"""Make a session: for the command line, and for programs that use bedplate as a library."""

from __future__ import annotations

import datetime as dt
import functools
import platform as machine
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.facts.catalog import Catalog
from bedplate.flows.session import Session
from bedplate.images.image_source import Access
from bedplate.model.platform import Platform
from bedplate.support.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.registry.client import RegistryClient


def open_session(
    *,
    registry: Callable[[], RegistryClient] | None = None,
    cache_folder: Path | None = None,
    catalog_folder: Path | None = None,
    advisory_folder: Path | None = None,
    docker_host: str = "",
    offline: bool = False,
    today: dt.date | None = None,
) -> Session:
    """Make a session; `dataclasses.replace` changes the rest of its fields.

    The environment is not read: logins, mirrors and proxies come with `registry`.

    Args:
        registry: makes the registry client when it is first needed; None for one without
            logins or mirrors.
        cache_folder: keeps layer indexes between runs; None keeps them for this session.
        catalog_folder: holds the user's own facts; None for the embedded ones alone.
        advisory_folder: holds advisory stores; None for the embedded ones alone.
        docker_host: `unix:///path` or `tcp://host:port` of an engine; may be empty.
        offline: forbids the network.
        today: against which ends of life are held; None for the day it is (UTC).
    """

    @functools.cache
    def client() -> RegistryClient:
        if offline:
            raise BadInput("offline: no registry may be asked", "leave --offline out")
        return (registry or _plain_registry)()

    return Session(
        access=Access(client, Path(tempfile.gettempdir()), docker_host),
        cache=Cache(cache_folder),
        catalog=Catalog.open(catalog_folder),
        today=today or dt.datetime.now(tz=dt.UTC).date(),
        platform=default_platform(machine.machine()),
        offline=offline,
        advisory_folder=advisory_folder,
    )


def default_platform(processor: str) -> Platform:
    """Give the platform that containers have on a machine: Linux, its own processor."""
    return Platform("linux", processor.lower() or "amd64").normalized()


def _plain_registry() -> RegistryClient:
    # lazy: local images and the catalog need none of it
    from bedplate.registry.credential_source import CredentialPlaces  # noqa: PLC0415
    from bedplate.registry.opening import open_client  # noqa: PLC0415
    from bedplate.registry.settings import RegistrySettings  # noqa: PLC0415

    return open_client(RegistrySettings(), CredentialPlaces())
