"""The login dance as a generator without I/O: it yields requests and is sent the answers."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from bedplate.errors import RegistryError, Unauthorized
from bedplate.support.http_request import Origin, Request

if TYPE_CHECKING:
    from collections.abc import Generator

    from bedplate.registry.challenge import Challenge
    from bedplate.registry.credential_source import Credential

_CLIENT = "bedplate"
_SHORTEST_LIFE = 60.0  # seconds; what the token specification promises when nothing is said
_LONGEST_TOKEN = 64 * 1024  # characters
_NO_OAUTH = frozenset({404, 405, 501})


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token and the seconds that it lives."""

    value: str = field(repr=False)
    lifetime: float = _SHORTEST_LIFE


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a request of the flow."""

    status: int
    content: bytes = field(repr=False)


def basic(username: str, password: str) -> str:
    """Give the `Authorization` value of a user name and password."""
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode("ascii")


def fetch_token(
    challenge: Challenge, registry: Origin, scope: str, credential: Credential | None
) -> Generator[Request, Answer, Token]:
    """Get a token as a Bearer challenge asks.

    An identity token is exchanged by the OAuth2 grant; a server that knows no such grant is
    asked the older way, as is everyone else: GET with the user name and password, or none.

    Args:
        challenge: of scheme `bearer`.
        registry: the origin that sent the challenge.
        scope: what is needed, when the challenge does not say.
        credential: the login for this registry, None for anonymous.

    Raises:
        RegistryError: a realm that may not be given logins, or a useless answer.
        Unauthorized: the login was refused.

    Source: distribution, docs/spec/auth/token.md and oauth.md.
    """
    realm = checked_realm(challenge.parameters.get("realm", ""), registry)
    service = challenge.parameters.get("service", "")
    query: dict[str, str | list[str]] = {"service": service} if service else {}
    scopes = challenge.parameters.get("scope", "") or scope
    host = Origin.of(realm).name
    if credential and credential.identity_token:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": credential.identity_token,
            "client_id": _CLIENT,
            **query,
            "scope": scopes,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(form).encode("ascii")
        answer = yield Request(realm, "POST", headers, body, kind="token")
        if answer.status not in _NO_OAUTH:
            return _read(answer, host, credential)
    headers = {}
    query["scope"] = scopes.split()
    if credential and credential.password:
        headers["Authorization"] = basic(credential.username, credential.password)
        query["account"] = credential.username
    answer = yield Request(_with_query(realm, query), headers=headers, kind="token")
    return _read(answer, host, credential)


def checked_realm(realm: str, registry: Origin) -> str:
    """Check that a token server may be sent this registry's login.

    The registry names it, so another host is fine; but it must be https, unless the registry
    itself is spoken to without.

    Raises:
        RegistryError: it may not.
    """
    there = Origin.of(realm)
    if "@" in urlsplit(realm).netloc:
        raise RegistryError(f"{registry.name} names a token server with a login in its address")
    if there.scheme != "https" and registry.scheme == "https":
        raise RegistryError(
            f"{registry.name} sends logins to {there.name} over plain http, which is refused"
        )
    return realm


def _with_query(url: str, query: dict[str, str | list[str]]) -> str:
    parts = urlsplit(url)
    joined = "&".join(filter(None, (parts.query, urlencode(query, doseq=True))))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, joined, ""))


def _read(answer: Answer, host: str, credential: Credential | None) -> Token:
    if answer.status in (400, 401, 403):
        if credential:
            raise Unauthorized(f"{host} refuses the login from {credential.source}", "log in again")
        raise Unauthorized(f"{host} gives no token without a login", "check the name, or log in")
    if answer.status != 200:
        raise RegistryError(f"the token server {host} answers with status {answer.status}")
    try:
        document = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise RegistryError(f"the token server {host} does not answer with JSON") from error
    document = document if isinstance(document, dict) else {}
    value = document.get("token") or document.get("access_token")
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise RegistryError(f"the token server {host} answers without a token")
    if len(value) > _LONGEST_TOKEN:
        raise RegistryError(f"the token server {host} answers with an oversized token")
    lifetime = document.get("expires_in")
    if not isinstance(lifetime, int | float) or not lifetime > _SHORTEST_LIFE:
        lifetime = _SHORTEST_LIFE
    return Token(value, min(float(lifetime), 86_400.0))
