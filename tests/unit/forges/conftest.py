"""Forges in memory, and clients of them whose clock only sleeping moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.forges.opening import connect, recognise
from bedplate.forges.token import Token
from bedplate.support.http import HttpClient
from bedplate.support.http_settings import HttpSettings
from bedplate.testing.forge_servers.gitea import GiteaServer
from bedplate.testing.forge_servers.github import GithubServer
from bedplate.testing.forge_servers.gitlab import GitlabServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.forges.forge import ForgeClient
    from bedplate.testing.forge_servers.server import ForgeServer
    from bedplate.testing.forge_servers.state import HeldRepository

SECRET = "s3cret-t0ken-of-the-forge"
BRANCH = "bedplate/node"
SERVERS = {"github": GithubServer, "gitlab": GitlabServer, "gitea": GiteaServer}


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


class Bench:
    """A forge with one repository, and a client of it."""

    def __init__(self, name: str, server: ForgeServer, http: HttpClient, clock: FakeClock) -> None:
        self.name, self.server, self.http, self.clock = name, server, http, clock
        self.held: HeldRepository = server.add_repository("acme/shop")
        self.held.branches |= {"main": "a" * 40, BRANCH: "b" * 40}
        self.held.users |= {"ann", "bob"}
        self.held.teams |= {"platform"}
        self.client = self.connect(SECRET)

    def connect(self, secret: str, path: str = "acme/shop") -> ForgeClient:
        repository = recognise(f"{self.server.url}/{path}.git", forge=self.name)
        return connect(self.http, repository, Token(secret))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def http(clock: FakeClock) -> Iterator[HttpClient]:
    client = HttpClient(
        HttpSettings(connect_timeout=2.0, read_timeout=2.0),
        sleep=clock.sleep,
        clock=clock,
        chance=lambda: 1.0,
    )
    yield client
    client.close()


@pytest.fixture
def open_bench(http: HttpClient, clock: FakeClock) -> Iterator[Callable[[str], Bench]]:
    running: list[ForgeServer] = []

    def start(name: str) -> Bench:
        server = SERVERS[name](SECRET)
        server.start()
        running.append(server)
        return Bench(name, server, http, clock)

    yield start
    for server in running:
        server.close()


@pytest.fixture(params=list(SERVERS))
def bench(request: pytest.FixtureRequest, open_bench: Callable[[str], Bench]) -> Bench:
    """Give each forge in turn."""
    return open_bench(request.param)
