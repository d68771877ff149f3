"""From the address of a remote to the client of its forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration
from bedplate.forges.api import Api
from bedplate.forges.known import FORGES
from bedplate.forges.remote_url import parse_remote
from bedplate.forges.token import Token
from bedplate.model.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.forges.forge import Forge, ForgeClient
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


def choose_token(repository: Repository, variables: Mapping[str, str]) -> Token | None:
    """Choose the token that is meant for the host of a repository, None when there is none.

    Tokens in variables are for the public hosts of their forge, or for the host that another
    variable names: one token must not be shown to whatever host a remote happens to name.

    Args:
        repository: as `recognise` gives it.
        variables: those of the environment.

    Raises:
        InvalidConfiguration: a token with characters that no token has.
    """
    kind = find_forge(repository.forge)
    named = [variables[name] for name in kind.HOST_VARIABLES if variables.get(name)]
    hosts = {text.rpartition("://")[2].partition("/")[0].lower() for text in named}
    if repository.host.lower() not in (hosts or kind.HOSTS):
        return None
    for name, how in kind.TOKEN_VARIABLES:
        if variables.get(name):
            return Token(variables[name], how)
    return None


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
