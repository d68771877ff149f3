"""Proxies and their exceptions, loopback, certificates."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from bedplate.errors import InvalidConfiguration
from bedplate.support.http_settings import Proxies, Tls, is_loopback

CERTIFICATES = Path(__file__).with_name("certificates")
PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("exempt", "host", "port", "direct"),
    [
        ("", "ghcr.io", 443, False),
        ("*", "ghcr.io", 443, True),
        ("ghcr.io", "ghcr.io", 443, True),
        ("ghcr.io", "pkg.ghcr.io", 443, True),
        ("GHCR.IO", "ghcr.io", 443, True),
        ("ghcr.io", "notghcr.io", 443, False),
        (".ghcr.io", "ghcr.io", 443, False),
        (".ghcr.io", "pkg.ghcr.io", 443, True),
        ("*.ghcr.io", "pkg.ghcr.io", 443, True),
        ("ghcr.io:5000", "ghcr.io", 443, False),
        ("ghcr.io:5000", "ghcr.io", 5000, True),
        ("10.0.0.0/8", "10.1.2.3", 443, True),
        ("10.0.0.0/8", "11.1.2.3", 443, False),
        ("10.1.2.3", "10.1.2.3", 443, True),
        ("fd00::/8", "fd00::1", 443, True),
        ("", "localhost", 5000, True),
        ("", "127.0.0.1", 5000, True),
    ],
)
def test_who_is_reached_without_a_proxy(exempt: str, host: str, port: int, *, direct: bool) -> None:
    proxies = Proxies(https=PROXY, exempt=tuple(filter(None, exempt.split(","))))
    assert proxies.url_for("https", host, port) == ("" if direct else PROXY)
    assert proxies.url_for("http", host, port) == ""


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("::1", True),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_loopback(host: str, *, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_context_verifies_unless_told_otherwise() -> None:
    assert Tls().context().verify_mode == ssl.CERT_REQUIRED
    assert Tls().context().check_hostname
    assert Tls(insecure=True).context().verify_mode == ssl.CERT_NONE


def test_files_that_are_no_certificates(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("hello")
    for tls in (
        Tls(ca_files=(nonsense,)),
        Tls(ca_files=(tmp_path / "missing.pem",)),
        Tls(client_certificate=nonsense),
        Tls(client_certificate=CERTIFICATES / "server.crt", client_key=nonsense),
    ):
        with pytest.raises(InvalidConfiguration, match=r"\.(pem|crt)"):
            tls.context()


def test_a_client_certificate_is_loaded() -> None:
    tls = Tls(
        client_certificate=CERTIFICATES / "server.crt", client_key=CERTIFICATES / "server.key"
    )
    assert tls.context().verify_mode == ssl.CERT_REQUIRED
