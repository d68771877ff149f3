"""From the address of a repository and the environment to the client of its forge."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.cli.opening import proxies
from bedplate.errors import Unauthorized
from bedplate.forges.opening import choose_token, connect, git_login, recognise
from bedplate.support.git_environment import login_for
from bedplate.support.http import HttpClient
from bedplate.support.http_settings import HttpSettings

if TYPE_CHECKING:
    from bedplate.cli.world import World
    from bedplate.forges.forge import ForgeClient
    from bedplate.support.git_environment import GitLogin


class ForgeConnection(NamedTuple):
    """A repository on its forge, and the login that git shows there; None where it has its own."""

    client: ForgeClient
    login: GitLogin | None


def forge_http(world: World) -> HttpClient:
    """Make the transport to forges."""
    return HttpClient(HttpSettings(proxies=proxies(world)))


def connect_forge(
    world: World, url: str, forge: str = "", api_url: str = "", http: HttpClient | None = None
) -> ForgeConnection:
    """Find the forge of a repository, and the token that is meant for it.

    Args:
        world: its environment holds the token.
        url: address of the repository.
        forge: kind of forge, where the name of the host does not give it away.
        api_url: address of its API, where it is not at its usual place.
        http: sends the requests; None for a transport of its own.

    Raises:
        BadInput: not an address of a repository on a host.
        InvalidConfiguration: no such kind of forge, or the host could be any.
        Unauthorized: there is no token for the forge.
    """
    repository = recognise(url, forge, api_url)
    token = choose_token(repository, world.environment)
    if token is None:
        raise Unauthorized(
            f"there is no token for {repository.host}", "docs/forges.md names the variables for it"
        )
    client = connect(http or forge_http(world), repository, token)
    return ForgeConnection(client, login_for(url, git_login(repository, token), token.secret))
