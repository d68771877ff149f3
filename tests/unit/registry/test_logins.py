"""Logging in: the dance over the wire, and that no login ever reaches another host."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import InvalidConfiguration, RegistryError, Unauthorized
from bedplate.registry.client import RegistryClient
from bedplate.registry.credential_source import Credential, CredentialPlaces
from bedplate.registry.credentials import Credentials
from bedplate.registry.settings import Mirror, RegistryRule, RegistrySettings
from bedplate.support.http import HttpClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.registry.conftest import Desk

    from bedplate.model.reference import Reference
    from bedplate.testing.registry import MemoryRegistry

    Refer = Callable[[MemoryRegistry, str], Reference]

ANN = Credential("ann", "s3cret-word", source="test")
SECRETS = ("s3cret-word", base64.b64encode(b"ann:s3cret-word").decode(), "idt-7f", "token-1")


def _received(registry: MemoryRegistry) -> str:
    return "\n".join(f"{r.method} {r.path} {r.headers} {r.body!r}" for r in registry.requests)


def _assert_told_nothing(registry: MemoryRegistry) -> None:
    received = _received(registry)
    assert registry.requests, "the other host was never asked: the test proves nothing"
    assert "Authorization" not in received
    assert not [secret for secret in SECRETS if secret in received]


def test_basic(basic_registry: MemoryRegistry, desk: Desk, refer: Refer) -> None:
    image = basic_registry.add_image("app", "1")
    client = desk.client({basic_registry.host: ANN})
    assert client.get_manifest(refer(basic_registry, "app:1")).digest == image.digest
    list(client.tags(refer(basic_registry, "app")))
    basic_registry.add_image("other", "1")
    client.get_manifest(refer(basic_registry, "other:1"))
    assert client.budget.total("challenge") == 1
    assert "Authorization" not in basic_registry.requests[0].headers


def test_a_token_is_fetched_once_for_many_requests(
    bearer_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    image = bearer_registry.add_image("app", "1")
    client = desk.client({bearer_registry.host: ANN})
    reference = refer(bearer_registry, "app:1")
    for _ in range(3):
        assert client.head_manifest(reference).digest == image.digest
    assert client.budget.total("token") == 1
    assert client.budget.total("challenge") == 1
    token_request = next(r for r in bearer_registry.requests if r.path.startswith("/token"))
    assert "service=memory%2C+inc" in token_request.path
    assert "scope=repository%3Aapp%3Apull" in token_request.path


def test_the_challenge_is_remembered_for_the_next_repository(
    bearer_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    for name in ("one", "two"):
        bearer_registry.add_image(name, "1")
    client = desk.client({bearer_registry.host: ANN})
    client.get_manifest(refer(bearer_registry, "one:1"))
    client.get_manifest(refer(bearer_registry, "two:1"))
    assert client.budget.total("challenge") == 1
    assert client.budget.total("token") == 2


def test_a_token_that_expired_is_fetched_anew(
    bearer_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    bearer_registry.add_image("app", "1")
    client = desk.client({bearer_registry.host: ANN})
    client.get_manifest(refer(bearer_registry, "app:1"))
    bearer_registry.token = "token-2"
    client.get_manifest(refer(bearer_registry, "app:1"))
    assert client.budget.total("token") == 2


@pytest.mark.parametrize("no_oauth", ["", "no_oauth"])
def test_an_identity_token_is_exchanged(
    bearer_registry: MemoryRegistry, desk: Desk, refer: Refer, no_oauth: str
) -> None:
    bearer_registry.add_image("app", "1")
    bearer_registry.faults.no_oauth = bool(no_oauth)
    login = Credential("ann", "s3cret-word" if no_oauth else "", "idt-7f", "test")
    client = desk.client({bearer_registry.host: login})
    client.get_manifest(refer(bearer_registry, "app:1"))
    methods = [r.method for r in bearer_registry.requests if r.path.startswith("/token")]
    assert methods == (["POST", "GET"] if no_oauth else ["POST"])


def test_no_login_and_a_wrong_one(
    bearer_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    reference = refer(bearer_registry, "app:1")
    with pytest.raises(Unauthorized, match="log in"):
        desk.client().get_manifest(reference)
    wrong = Credential("ann", "wr0ng-word", source="/home/ann/config.json")
    with pytest.raises(Unauthorized, match=r"/home/ann/config\.json") as caught:
        desk.client({bearer_registry.host: wrong}).get_manifest(reference)
    assert "wr0ng-word" not in str(caught.value)


def test_a_registry_that_asks_for_ever(
    basic_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    wrong = Credential("ann", "wr0ng-word", source="test")
    client = desk.client({basic_registry.host: wrong})
    for _ in range(2):
        with pytest.raises(Unauthorized):
            client.get_manifest(refer(basic_registry, "app:1"))
    assert len(basic_registry.requests) <= 4


def test_an_echo_of_the_login_is_not_shown(
    registry: MemoryRegistry, desk: Desk, refer: Refer, bearer_registry: MemoryRegistry
) -> None:
    bearer_registry.add_image("app", "1")
    client = desk.client({bearer_registry.host: ANN})
    client.get_manifest(refer(bearer_registry, "app:1"))
    bearer_registry.faults.refuse_with = [403]
    bearer_registry.faults.refuse_body = (
        b'{"errors":[{"message":"ann with s3cret-word has Bearer token-1 '
        + base64.b64encode(b"s3cret-word")
        + b'"}]}'
    )
    with pytest.raises(Unauthorized) as caught:
        client.get_manifest(refer(bearer_registry, "app:1"))
    assert "s3cret-word" not in str(caught.value)
    assert "token-1" not in str(caught.value)


@pytest.mark.parametrize("kind", ["basic_registry", "bearer_registry"])
def test_a_redirect_to_another_host_takes_no_login_along(
    request: pytest.FixtureRequest,
    another_registry: MemoryRegistry,
    desk: Desk,
    refer: Refer,
    kind: str,
) -> None:
    registry: MemoryRegistry = request.getfixturevalue(kind)
    content = b"layer" * 1000
    blob = another_registry.add_blob(content)
    registry.faults.redirect_blobs = f"{another_registry.url}/v2/cdn/blobs/"
    client = desk.client({registry.host: ANN})
    assert client.get_blob(refer(registry, "app:1"), blob, 10_000) == content
    _assert_told_nothing(another_registry)


def test_a_host_that_is_redirected_to_gets_no_login_by_asking(
    basic_registry: MemoryRegistry, another_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    blob = another_registry.add_blob(b"layer")
    another_registry.faults.refuse_with = [401] * 5
    another_registry.faults.refuse_headers = {"WWW-Authenticate": 'Basic realm="give it"'}
    basic_registry.faults.redirect_blobs = f"{another_registry.url}/v2/cdn/blobs/"
    client = desk.client({basic_registry.host: ANN, another_registry.host: ANN})
    with pytest.raises(Unauthorized):
        client.get_blob(refer(basic_registry, "app:1"), blob, 10_000)
    _assert_told_nothing(another_registry)


def test_a_mirror_gets_its_own_login_only(
    bearer_registry: MemoryRegistry, basic_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    bearer_registry.add_image("app", "1")
    rule = RegistryRule(bearer_registry.host, mirrors=(Mirror(basic_registry.host),))
    client = desk.client({bearer_registry.host: ANN}, (rule,))
    client.get_manifest(refer(bearer_registry, "app:1"))
    _assert_told_nothing(basic_registry)
    mirrors_own = Credential("bob", "0ther-word", source="test")
    client = desk.client({bearer_registry.host: ANN, basic_registry.host: mirrors_own}, (rule,))
    client.get_manifest(refer(bearer_registry, "app:1"))
    assert base64.b64encode(b"bob:0ther-word").decode() in _received(basic_registry)
    assert base64.b64encode(b"ann:s3cret-word").decode() not in _received(basic_registry)


def test_a_token_server_may_be_elsewhere_but_its_redirects_get_nothing(
    bearer_registry: MemoryRegistry,
    registry: MemoryRegistry,
    another_registry: MemoryRegistry,
    desk: Desk,
    refer: Refer,
) -> None:
    registry.faults.refuse_with = [302] * 3
    registry.faults.refuse_headers = {"Location": f"{another_registry.url}/steal"}
    bearer_registry.faults.realm = f"{registry.url}/token"
    client = desk.client({bearer_registry.host: ANN})
    with pytest.raises(RegistryError):
        client.get_manifest(refer(bearer_registry, "app:1"))
    assert "Authorization" in _received(registry)
    _assert_told_nothing(another_registry)


def test_an_identity_token_is_not_posted_on(
    bearer_registry: MemoryRegistry,
    registry: MemoryRegistry,
    another_registry: MemoryRegistry,
    desk: Desk,
    refer: Refer,
) -> None:
    registry.faults.refuse_with = [307] * 3
    registry.faults.refuse_headers = {"Location": f"{another_registry.url}/steal"}
    bearer_registry.faults.realm = f"{registry.url}/token"
    login = Credential(identity_token="idt-7f", source="test")
    with pytest.raises(RegistryError, match="login request"):
        desk.client({bearer_registry.host: login}).get_manifest(refer(bearer_registry, "app:1"))
    assert another_registry.requests == []


@pytest.mark.parametrize(
    "realm", ["", "token", "ftp://127.0.0.1/token", "http://ann:pw@127.0.0.1/token", "http://["]
)
def test_a_realm_that_is_none(
    bearer_registry: MemoryRegistry, desk: Desk, refer: Refer, realm: str
) -> None:
    bearer_registry.faults.realm = realm or "https://"
    with pytest.raises(RegistryError):
        desk.client({bearer_registry.host: ANN}).get_manifest(refer(bearer_registry, "app:1"))


@pytest.mark.parametrize(
    "answer",
    [
        b"no json",
        b"[]",
        b"{}",
        b'{"token": 7}',
        b'{"token": "a\\r\\nX-Evil: 1"}',
        b'{"token": "' + b"x" * 100_000 + b'"}',
        b"[" * 100_000,
    ],
)
def test_a_token_that_is_none(
    bearer_registry: MemoryRegistry, desk: Desk, refer: Refer, answer: bytes
) -> None:
    bearer_registry.faults.token_answer = answer
    with pytest.raises(RegistryError, match="token server"):
        desk.client({bearer_registry.host: ANN}).get_manifest(refer(bearer_registry, "app:1"))


def test_an_unknown_kind_of_login(registry: MemoryRegistry, desk: Desk, refer: Refer) -> None:
    registry.faults.refuse_with = [401]
    registry.faults.refuse_headers = {"WWW-Authenticate": "Negotiate"}
    with pytest.raises(RegistryError, match="negotiate"):
        desk.client().get_manifest(refer(registry, "app:1"))


class _Broken:
    NAME = "broken"

    def find(self, *_: object) -> Credential | None:
        raise InvalidConfiguration("config.json: not JSON")


def test_a_broken_login_file_matters_only_when_a_login_is_wanted(
    registry: MemoryRegistry, basic_registry: MemoryRegistry, refer: Refer
) -> None:
    registry.add_image("app", "1")
    credentials = Credentials(CredentialPlaces(), (_Broken(),))
    client = RegistryClient(HttpClient(), RegistrySettings(), credentials)
    client.get_manifest(refer(registry, "app:1"))
    with pytest.raises(Unauthorized, match=r"config\.json: not JSON"):
        client.get_manifest(refer(basic_registry, "app:1"))
    client.close()


def test_no_login_is_looked_up_where_none_is_asked_for(
    registry: MemoryRegistry, refer: Refer
) -> None:
    registry.add_image("app", "1")
    asked: list[str] = []

    class Watched:
        NAME = "watched"

        def find(self, name: str, *_: object) -> Credential | None:
            asked.append(name)
            return None

    credentials = Credentials(CredentialPlaces(), (Watched(),))
    client = RegistryClient(HttpClient(), RegistrySettings(), credentials)
    client.get_manifest(refer(registry, "app:1"))
    assert asked == []
    client.close()
