"""The login dance without a wire: what is asked, in what order, and of whom."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from bedplate.errors import RegistryError, Unauthorized
from bedplate.registry.challenge import Challenge
from bedplate.registry.credential_source import Credential
from bedplate.registry.token_cache import TokenCache
from bedplate.registry.token_flow import Answer, Token, checked_realm, fetch_token
from bedplate.support.http_request import Origin

if TYPE_CHECKING:
    from collections.abc import Generator

    from bedplate.support.http_request import Request

REGISTRY = Origin("https", "registry.example", 443)
PLAIN = Origin("http", "127.0.0.1", 5000)
ANN = Credential("ann", "pw", source="test")
GIVEN = Answer(200, b'{"access_token": "tok", "expires_in": 300}')


def _flow(credential: Credential | None, **parameters: str) -> Generator[Request, Answer, Token]:
    challenge = Challenge("bearer", {"realm": "https://auth.example/t?a=1", **parameters})
    return fetch_token(challenge, REGISTRY, "repository:app:pull", credential)


def _end(flow: Generator[Request, Answer, Token], answer: Answer) -> Token:
    with pytest.raises(StopIteration) as end:
        flow.send(answer)
    token = end.value.value
    assert isinstance(token, Token)
    return token


def test_anonymous() -> None:
    flow = _flow(None, service="registry.example")
    request = next(flow)
    assert (request.method, request.body, dict(request.headers)) == ("GET", None, {})
    assert parse_qs(urlsplit(request.url).query) == {
        "a": ["1"],
        "service": ["registry.example"],
        "scope": ["repository:app:pull"],
    }
    assert _end(flow, GIVEN) == Token("tok", 300)


def test_a_user_and_the_scope_that_the_registry_names() -> None:
    flow = _flow(ANN, scope="repository:other/app:pull")
    request = next(flow)
    assert request.headers["Authorization"] == "Basic " + base64.b64encode(b"ann:pw").decode()
    query = parse_qs(urlsplit(request.url).query)
    assert query["scope"] == ["repository:other/app:pull"]
    assert query["account"] == ["ann"]
    assert "pw" not in request.url


def test_an_identity_token_and_the_older_way() -> None:
    flow = _flow(Credential("ann", "pw", "idt", "test"), service="s")
    request = next(flow)
    assert request.method == "POST"
    assert parse_qs((request.body or b"").decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["idt"],
        "client_id": ["bedplate"],
        "service": ["s"],
        "scope": ["repository:app:pull"],
    }
    assert "idt" not in request.url
    second = flow.send(Answer(404, b""))
    assert second.method == "GET"
    assert _end(flow, GIVEN).value == "tok"


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refused_login_names_where_it_is_from(status: int) -> None:
    flow = _flow(Credential("ann", "pw", source="/home/ann/auth.json"))
    next(flow)
    with pytest.raises(Unauthorized, match=r"auth\.example refuses .*/home/ann/auth\.json"):
        flow.send(Answer(status, b""))


def test_secrets_stay_out_of_repr() -> None:
    flow = _flow(Credential("ann", "pw", "idt-secret", "test"))
    assert "idt-secret" not in repr(next(flow))
    assert "tok" not in repr(Token("tok"))
    assert "secret" not in repr(Answer(200, b"secret"))


@pytest.mark.parametrize(
    ("realm", "registry", "allowed"),
    [
        ("https://auth.example/t", REGISTRY, True),
        ("https://auth.example/t", PLAIN, True),
        ("http://127.0.0.1:5001/t", PLAIN, True),
        ("http://auth.example/t", REGISTRY, False),
        ("http://registry.example/t", REGISTRY, False),
        ("https://user:pw@auth.example/t", REGISTRY, False),
        ("/token", REGISTRY, False),
        ("", REGISTRY, False),
    ],
)
def test_who_may_be_a_token_server(realm: str, registry: Origin, *, allowed: bool) -> None:
    if allowed:
        assert checked_realm(realm, registry) == realm
    else:
        with pytest.raises(RegistryError):
            checked_realm(realm, registry)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("", 60),
        (', "expires_in": 5', 60),
        (', "expires_in": 900', 900),
        (', "expires_in": 1e99', 86_400),
        (', "expires_in": "300"', 60),
        (', "expires_in": NaN', 60),
    ],
)
def test_how_long_a_token_lives(said: str, seconds: float) -> None:
    flow = _flow(None)
    next(flow)
    assert _end(flow, Answer(200, f'{{"token": "t"{said}}}'.encode())).lifetime == seconds


def test_tokens_are_kept_by_registry_and_scope_until_shortly_before_their_end() -> None:
    now = 1000.0
    cache = TokenCache(clock=lambda: now)
    cache.put(REGISTRY, "a", Token("tok", 60))
    assert cache.get(REGISTRY, "a") == "tok"
    assert cache.get(REGISTRY, "b") == ""
    assert cache.get(PLAIN, "a") == ""
    cache.drop_value(REGISTRY, "a", "an older one")
    assert cache.get(REGISTRY, "a") == "tok"
    now += 51
    assert cache.get(REGISTRY, "a") == ""
