"""From the address of a remote to the client of its forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration
from bedplate.forges.api import Api
from bedplate.forges.known import FORGES
from bedplate.forges.remote_url import parse_remote
from bedplate.model.repository import Repository

if TYPE_CHECKING:
    from bedplate.forges.forge import Forge, ForgeClient
    from bedplate.forges.token import Token
    from bedplate.support.http import HttpClient


def recognise(remote: str, forge: str = "", api_url: str = "") -> Repository:
    """Tell which repository on which forge a remote is, without asking anybody.

    Args:
        remote: its address, as `git remote get-url` gives it.
        forge: name of the kind of forge, where the name of the host does not give it away.
        api_url: address of the API, where it is not at its usual place.

    Raises:
        BadInput: not an address of a repository on a host.
        InvalidConfiguration: no such kind of forge, or the host could be any.
    """
    place = parse_remote(remote)
    kind = find_forge(forge) if forge else _by_host(place.host)
    url = api_url.rstrip("/") or kind.api_url(f"{place.scheme}://{place.host}")
    return Repository(kind.NAME, place.host, place.owner, place.name, url)


def connect(http: HttpClient, repository: Repository, token: Token | None) -> ForgeClient:
    """Make the client of a repository; nothing is asked yet.

    Args:
        http: sends the requests.
        repository: as `recognise` gives it.
        token: made for this very host, as it is shown to it.
    """
    kind = find_forge(repository.forge)
    return kind.client(Api(http, kind.access(repository.api_url, token)), repository)


def git_login(repository: Repository, token: Token) -> str:
    """Give the user name that a token goes with when git shows it."""
    users = dict(find_forge(repository.forge).GIT_USERS)
    return users.get(token.kind, next(iter(users.values())))


def find_forge(name: str) -> Forge:
    """Find a kind of forge by its name.

    Raises:
        InvalidConfiguration: there is no such kind.
    """
    for forge in FORGES:
        if name == forge.NAME:
            return forge
    known = ", ".join(forge.NAME for forge in FORGES)
    raise InvalidConfiguration(f"{name[:50]!r} is no forge that bedplate knows", f"known: {known}")


def _by_host(host: str) -> Forge:
    name = host.partition(":")[0]
    for forge in FORGES:
        if name in forge.HOSTS or set(name.replace("-", ".").split(".")) & set(forge.WORDS):
            return forge
    raise InvalidConfiguration(
        f"{host} may be any forge: its name does not say which",
        f"say which: {', '.join(forge.NAME for forge in FORGES)}",
    )
