"""The HTTP client against servers of its own: TLS, proxies, unix sockets, patience."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import LimitExceeded, RateLimited, RegistryError, RegistryUnreachable
from bedplate.support.http import HttpClient
from bedplate.support.http_request import Request
from bedplate.support.http_settings import HttpSettings, Proxies, Tls
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator

CERTIFICATES = Path(__file__).with_name("certificates")
CA = CERTIFICATES / "server.crt"


class Sleeper:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@contextlib.contextmanager
def _client(
    settings: HttpSettings | None = None, tls: Tls | None = None, sleeper: Sleeper | None = None
) -> Iterator[HttpClient]:
    sleeper = sleeper or Sleeper()
    client = HttpClient(
        settings or HttpSettings(connect_timeout=2.0),
        tls=lambda _host: tls or Tls(),
        sleep=sleeper.sleep,
        clock=sleeper,
        chance=lambda: 1.0,
    )
    try:
        yield client
    finally:
        client.close()


@pytest.fixture
def tls_registry() -> Iterator[MemoryRegistry]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CA, CERTIFICATES / "server.key")
    with MemoryRegistry(tls=context) as running:
        yield running


@pytest.fixture
def plain_registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as running:
        yield running


@contextlib.contextmanager
def _raw_server(family: socket.AddressFamily, path: str, reply: bytes) -> Iterator[list[str]]:
    """Answer every connection with the same bytes; keeps its own address, and what it heard."""
    with socket.socket(family) as server:
        server.bind(path if family == socket.AF_UNIX else ("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.05)
        heard = [path or "127.0.0.1:{1}".format(*server.getsockname())]
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(2)
                    heard.append(connection.recv(65536).decode("latin-1"))
                    connection.sendall(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield heard
        finally:
            stop.set()
            thread.join()


def test_a_certificate_is_checked(tls_registry: MemoryRegistry) -> None:
    request = Request(f"{tls_registry.url}/v2/")
    with _client() as client, pytest.raises(RegistryUnreachable, match="no trusted TLS"):
        client.send(request)
    with _client(tls=Tls(ca_files=(CA,))) as client:
        assert client.send(request).document(100) == b"{}"
    with _client(tls=Tls(insecure=True)) as client:
        assert client.send(request).document(100) == b"{}"


@pytest.mark.parametrize(
    ("kind", "schemes"),
    [
        ("tls_registry", ("https", "http")),
        ("tls_registry", ("http", "https")),
        ("plain_registry", ("http", "https")),
    ],
)
def test_the_scheme_that_is_spoken_is_found_and_kept(
    request: pytest.FixtureRequest, kind: str, schemes: tuple[str, ...]
) -> None:
    registry: MemoryRegistry = request.getfixturevalue(kind)
    asked = Request(f"https://{registry.host}/v2/", schemes=schemes)
    with _client(tls=Tls(insecure=True)) as client:
        for _ in range(2):
            with client.send(asked) as response:
                assert response.url.startswith(f"{registry.scheme}://")
    assert len(registry.requests) == 2


def test_plain_http_is_spoken_where_the_greeting_of_tls_is_not_understood() -> None:
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK"
    with _raw_server(socket.AF_INET, "", reply) as heard, _client() as client:
        request = Request(f"https://{heard[0]}/v2/", schemes=("https", "http"))
        assert client.send(request).document(10) == b"OK"
        with pytest.raises(RegistryUnreachable):
            client.send(Request(f"https://{heard[0]}/v2/"))


def test_https_does_not_fall_back_to_plain_unasked(plain_registry: MemoryRegistry) -> None:
    with (
        _client(HttpSettings(connect_timeout=0.5)) as client,
        pytest.raises(RegistryUnreachable),
    ):
        client.send(Request(f"https://{plain_registry.host}/v2/"))
    assert plain_registry.requests == []


def test_a_redirect_from_https_to_http_is_refused(
    tls_registry: MemoryRegistry, plain_registry: MemoryRegistry
) -> None:
    tls_registry.faults.redirect_blobs = f"{plain_registry.url}/"
    with (
        _client(tls=Tls(ca_files=(CA,))) as client,
        pytest.raises(RegistryError, match="plain http"),
    ):
        client.send(Request(f"{tls_registry.url}/v2/app/blobs/sha256:0"))
    assert plain_registry.requests == []


def test_a_unix_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "engine.sock")
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK"
    with (
        _raw_server(socket.AF_UNIX, path, reply) as heard,
        _client(HttpSettings(unix_socket=path)) as client,
    ):
        assert client.send(Request("http://localhost/_ping")).document(10) == b"OK"
    assert heard[1].startswith("GET /_ping HTTP/1.1\r\nHost: localhost\r\n")


def test_a_unix_socket_that_is_not_there(tmp_path: Path) -> None:
    settings = HttpSettings(unix_socket=str(tmp_path / "none.sock"))
    with _client(settings) as client, pytest.raises(RegistryUnreachable, match="No such file"):
        client.send(Request("http://localhost/_ping"))


def test_a_proxy_is_asked_with_the_whole_address() -> None:
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK"
    with _raw_server(socket.AF_INET, "", reply) as heard:
        proxies = Proxies(http=f"http://ann:pw@{heard[0]}")
        with _client(HttpSettings(proxies=proxies)) as client:
            client.send(Request("http://registry.example/v2/?n=1")).document(10)
    lines = heard[1].split("\r\n")
    assert lines[0] == "GET http://registry.example/v2/?n=1 HTTP/1.1"
    assert "Host: registry.example" in lines
    assert any(line.lower() == "proxy-authorization: basic yw5uonb3" for line in lines)


def test_a_proxy_is_asked_to_connect_for_https() -> None:
    reply = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with (
        _raw_server(socket.AF_INET, "", reply) as heard,
        _client(HttpSettings(proxies=Proxies(https=heard[0]))) as client,
        pytest.raises(RegistryUnreachable, match="proxy"),
    ):
        client.send(Request("https://registry.example/v2/"))
    assert heard[1].startswith("CONNECT registry.example:443 HTTP/1.")


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\x15\x03\x01\x00\x02\x02\x16",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    ],
)
def test_what_is_not_http(reply: bytes) -> None:
    with (
        _raw_server(socket.AF_INET, "", reply) as heard,
        _client() as client,
        pytest.raises(RegistryUnreachable),
    ):
        client.send(Request(f"http://{heard[0]}/v2/"))


def test_a_body_over_the_limit(plain_registry: MemoryRegistry) -> None:
    blob = plain_registry.add_blob(b"x" * 1000)
    url = f"{plain_registry.url}/v2/app/blobs/{blob.digest}"
    with _client() as client:
        assert len(client.send(Request(url)).document(1000)) == 1000
        with pytest.raises(LimitExceeded, match="999"):
            client.send(Request(url)).document(999)


def test_waits_are_shared_and_bounded(plain_registry: MemoryRegistry) -> None:
    sleeper = Sleeper()
    plain_registry.faults.refuse_with = [429, 429, 429]
    plain_registry.faults.refuse_headers = {"Retry-After": "25"}
    with _client(sleeper=sleeper) as client, pytest.raises(RateLimited):
        client.send(Request(f"{plain_registry.url}/v2/"))
    assert sum(sleeper.slept) == pytest.approx(50)


def test_a_limit_that_is_used_up_holds_the_next_request_back(
    plain_registry: MemoryRegistry,
) -> None:
    sleeper = Sleeper()
    plain_registry.faults.refuse_with = [200]
    plain_registry.faults.refuse_headers = {"RateLimit-Remaining": "0", "RateLimit-Reset": "20"}
    with _client(sleeper=sleeper) as client:
        client.send(Request(f"{plain_registry.url}/v2/")).discard()
        assert sleeper.slept == []
        client.send(Request(f"{plain_registry.url}/v2/")).discard()
        assert sleeper.slept == [pytest.approx(20)]
        assert "0 left in its rate limit" in client.budget.line()


def test_a_refused_request_without_a_word_on_when(plain_registry: MemoryRegistry) -> None:
    sleeper = Sleeper()
    plain_registry.faults.refuse_with = [429] * 10
    with _client(sleeper=sleeper) as client, pytest.raises(RateLimited) as caught:
        client.send(Request(f"{plain_registry.url}/v2/"))
    assert caught.value.retry_after is None
    assert sleeper.slept == [0.25, 0.5, 1.0]


def test_connections_are_used_again(plain_registry: MemoryRegistry) -> None:
    with _client() as client:
        for _ in range(5):
            client.send(Request(f"{plain_registry.url}/v2/")).discard()
    assert plain_registry.connections == 1


def test_a_host_that_kept_silent_is_not_waited_for_again(plain_registry: MemoryRegistry) -> None:
    plain_registry.faults.silent = True
    with _client(HttpSettings(connect_timeout=0.2)) as client:
        for _ in range(5):
            with pytest.raises(RegistryUnreachable, match=r"within 0\.2 s"):
                client.send(Request(f"{plain_registry.url}/v2/"))
    assert len(plain_registry.requests) == 1


def test_a_name_server_that_keeps_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        over.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with (
        _client(HttpSettings(connect_timeout=0.2)) as client,
        pytest.raises(RegistryUnreachable, match=r"within 0\.2 s"),
    ):
        client.send(Request("http://registry.example/v2/"))
    over.set()


def test_retries_are_told_from_first_tries(plain_registry: MemoryRegistry) -> None:
    plain_registry.faults.refuse_with = [503, 500]
    with _client() as client:
        client.send(Request(f"{plain_registry.url}/v2/", kind="ping")).discard()
        assert client.budget.line() == f"{plain_registry.host}: 1 ping, 2 retry"
