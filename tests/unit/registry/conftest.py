"""A registry in memory, a client of it, and a clock that sleeping moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.model.reference import Reference
from bedplate.registry.client import RegistryClient
from bedplate.registry.credential_source import Credential, CredentialPlaces
from bedplate.registry.credentials import Credentials
from bedplate.registry.settings import RegistryRule, RegistrySettings
from bedplate.support.http import HttpClient
from bedplate.support.http_settings import HttpSettings
from bedplate.testing.registry import Login, MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class FakeClock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class KnownLogins:
    """A credential source that knows some registries by heart, and notes who asked."""

    NAME = "known"

    def __init__(self, logins: dict[str, Credential]) -> None:
        self.logins = logins
        self.asked: list[tuple[str, str]] = []

    def find(self, registry: str, repository: str, _: CredentialPlaces) -> Credential | None:
        self.asked.append((registry, repository))
        return self.logins.get(registry)


class Desk:
    """Makes clients, and closes them at the end."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.clients: list[RegistryClient] = []

    def client(
        self,
        logins: dict[str, Credential] | None = None,
        rules: tuple[RegistryRule, ...] = (),
        http: HttpSettings | None = None,
    ) -> RegistryClient:
        settings = RegistrySettings(rules, http=http or HttpSettings(connect_timeout=1.0))
        transport = HttpClient(
            settings.http,
            tls=settings.tls,
            sleep=self.clock.sleep,
            clock=self.clock,
            chance=lambda: 1.0,
        )
        credentials = Credentials(CredentialPlaces(), (KnownLogins(logins or {}),))
        client = RegistryClient(transport, settings, credentials)
        self.clients.append(client)
        return client


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    for client in desk.clients:
        client.close()


@pytest.fixture
def client(desk: Desk) -> RegistryClient:
    """Give a client without logins."""
    return desk.client()


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    """Run a registry that asks for nothing."""
    with MemoryRegistry() as running:
        yield running


@pytest.fixture
def another_registry() -> Iterator[MemoryRegistry]:
    """Run a second one, to play the mirror, the CDN or the thief."""
    with MemoryRegistry() as running:
        yield running


@pytest.fixture
def bearer_registry() -> Iterator[MemoryRegistry]:
    """Run a registry that wants a token, which takes the login of ann."""
    with MemoryRegistry(
        Login.BEARER, user="ann", password="s3cret-word", identity_token="idt-7f"
    ) as running:
        yield running


@pytest.fixture
def basic_registry() -> Iterator[MemoryRegistry]:
    """Run a registry that wants the login of ann with every request."""
    with MemoryRegistry(Login.BASIC, user="ann", password="s3cret-word") as running:
        yield running


@pytest.fixture
def refer() -> Callable[[MemoryRegistry, str], Reference]:
    """Give a reference to something in a registry."""
    return lambda registry, name: Reference.parse(f"{registry.host}/{name}")
