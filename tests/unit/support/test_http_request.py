"""Where redirects may lead, and what goes along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import RegistryError
from bedplate.support.http_request import Origin, Request, follow

LOGIN = {"Authorization": "Basic x", "Cookie": "c", "Accept": "a/b"}


def _follow(url: str, location: str) -> Request:
    return follow(Request(url, headers=LOGIN), url, location)


@pytest.mark.parametrize(
    "location",
    [
        "/other",
        "other",
        "https://a.example/other",
        "https://A.EXAMPLE:443/other",
        "//a.example/other",
    ],
)
def test_a_login_stays_within_its_origin(location: str) -> None:
    there = _follow("https://a.example/v2/x", location)
    assert there.headers == LOGIN
    assert Origin.of(there.url) == Origin("https", "a.example", 443)


@pytest.mark.parametrize(
    "location",
    [
        "https://b.example/x",
        "https://a.example:8443/x",
        "https://a.example.b.example/x",
        "https://b.example@c.example/x",
        "//b.example/x",
        "https:\\\\b.example/x",
    ],
)
def test_a_login_does_not_leave_it(location: str) -> None:
    try:
        there = _follow("https://a.example/v2/x", location)
    except RegistryError:
        return
    if Origin.of(there.url) != Origin("https", "a.example", 443):
        assert there.headers == {"Accept": "a/b"}


def test_plain_http_may_become_https_without_the_login() -> None:
    assert _follow("http://a.example/x", "https://a.example/x").headers == {"Accept": "a/b"}


@pytest.mark.parametrize(
    "location",
    [
        "http://a.example/x",
        "",
        "ftp://a.example/x",
        "file:///etc/passwd",
        "http://[::1",
        "https://a.example:99999/",
        "x" * 20_000,
    ],
)
def test_where_nobody_should_go(location: str) -> None:
    with pytest.raises(RegistryError):
        _follow("https://a.example/v2/x", location)


def test_a_body_is_not_sent_on() -> None:
    with pytest.raises(RegistryError, match="login request"):
        follow(Request("https://a.example/t", "POST", body=b"secret"), "https://a.example/t", "/u")


@given(st.text(max_size=60))
def test_any_location_keeps_the_login_at_home(location: str) -> None:
    try:
        there = _follow("https://a.example/v2/x", location)
    except RegistryError:
        return
    at_home = Origin.of(there.url) == Origin("https", "a.example", 443)
    assert at_home == ("Authorization" in there.headers)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("http://a.example:443/", "a.example:443"),
        ("http://[::1]:5000/", "[::1]:5000"),
    ],
)
def test_names_of_origins(url: str, name: str) -> None:
    assert Origin.of(url).name == name
