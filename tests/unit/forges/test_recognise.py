"""From addresses of remotes to repositories on forges."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, InvalidConfiguration
from bedplate.forges.opening import choose_token, git_login, recognise
from bedplate.forges.remote_url import parse_remote
from bedplate.forges.token import Token, TokenKind


@pytest.mark.parametrize(
    ("url", "forge", "host", "path", "api"),
    [
        (
            "https://github.com/acme/shop.git",
            "github",
            "github.com",
            "acme/shop",
            "https://api.github.com",
        ),
        (
            "git@github.com:acme/shop.git",
            "github",
            "github.com",
            "acme/shop",
            "https://api.github.com",
        ),
        (
            "ssh://git@ssh.github.com:443/acme/shop",
            "github",
            "github.com",
            "acme/shop",
            "https://api.github.com",
        ),
        (
            "https://acme.ghe.com/acme/shop",
            "github",
            "acme.ghe.com",
            "acme/shop",
            "https://api.acme.ghe.com",
        ),
        (
            "https://github.example.org/acme/shop/",
            "github",
            "github.example.org",
            "acme/shop",
            "https://github.example.org/api/v3",
        ),
        (
            "https://user:s3cret@gitlab.example.org:8443/a/b/c.git",
            "gitlab",
            "gitlab.example.org:8443",
            "a/b/c",
            "https://gitlab.example.org:8443/api/v4",
        ),
        (
            "ssh://git@gitlab.com:2222/a/b/c.git",
            "gitlab",
            "gitlab.com",
            "a/b/c",
            "https://gitlab.com/api/v4",
        ),
        (
            "https://codeberg.org/acme/shop.git",
            "gitea",
            "codeberg.org",
            "acme/shop",
            "https://codeberg.org/api/v1",
        ),
        (
            "http://my-gitea.lan:3000/acme/shop",
            "gitea",
            "my-gitea.lan:3000",
            "acme/shop",
            "http://my-gitea.lan:3000/api/v1",
        ),
    ],
)
def test_remotes(url: str, forge: str, host: str, path: str, api: str) -> None:
    found = recognise(url)
    assert (found.forge, found.host, found.path, found.api_url) == (forge, host, path, api)
    assert "s3cret" not in repr(found)


def test_a_forge_can_be_named() -> None:
    found = recognise("https://code.example.org/a/b", "gitea", "https://api.example.org/v1/")
    assert (found.forge, found.api_url) == ("gitea", "https://api.example.org/v1")


def test_a_host_that_could_be_any_forge() -> None:
    with pytest.raises(InvalidConfiguration, match="may be any forge") as caught:
        recognise("https://code.example.org/a/b")
    assert "github, gitlab, gitea" in caught.value.hint
    with pytest.raises(InvalidConfiguration, match="no forge that bedplate knows"):
        recognise("https://code.example.org/a/b", "bitbucket")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/srv/git/shop.git",
        "../shop",
        "file:///srv/git/shop.git",
        "C:/git/shop",
        "https://github.com/shop",
        "https://github.com/a/../b",
        "https:///a/b",
        "https://host:port/a/b",
        "ext::sh -c id/x",
        "https://evil.example?x=github.com/a/b",
        "git@evil.example#github.com:a/b",
        "x" * 3_000,
    ],
)
def test_what_is_no_repository_on_a_forge(url: str) -> None:
    with pytest.raises(BadInput, match="not an address of a repository"):
        parse_remote(url)


@given(st.text())
def test_no_address_is_too_strange(url: str) -> None:
    for text in (url, f"https://{url}", f"git@host:{url}", f"ssh://{url}/a/b"):
        with contextlib.suppress(BadInput):
            found = parse_remote(text)
            assert found.host
            assert found.name


@pytest.mark.parametrize("secret", ["", "two words", "line\nbreak", "k\u00e4se", "x" * 9_000])
def test_texts_that_are_no_tokens(secret: str) -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        Token(secret)
    assert not secret or secret not in str(caught.value)


def test_users_that_go_with_tokens_for_git() -> None:
    github, gitlab = recognise("https://github.com/a/b"), recognise("https://gitlab.com/a/b")
    assert git_login(github, Token("x")) == "x-access-token"
    assert git_login(gitlab, Token("x")) == "oauth2"
    assert git_login(gitlab, Token("x", TokenKind.JOB)) == "gitlab-ci-token"


@pytest.mark.parametrize(
    ("remote", "forge", "variables", "secret"),
    [
        ("https://github.com/a/b", "", {"GITHUB_TOKEN": "x"}, "x"),
        ("https://github.com/a/b", "", {"GH_TOKEN": "y", "GITLAB_TOKEN": "z"}, "y"),
        ("https://github.com/a/b", "", {"GITHUB_TOKEN": "", "GH_TOKEN": "y"}, "y"),
        ("https://github.evil.example/a/b", "", {"GITHUB_TOKEN": "x"}, None),
        ("https://ghe.lan/a/b", "", {"GITHUB_TOKEN": "x", "GH_HOST": "ghe.lan"}, "x"),
        ("https://github.com/a/b", "", {"GITHUB_TOKEN": "x", "GH_HOST": "ghe.lan"}, None),
        (
            "https://gitlab.lan:8443/a/b",
            "",
            {"CI_JOB_TOKEN": "j", "CI_SERVER_URL": "https://gitlab.lan:8443"},
            "j",
        ),
        (
            "http://code.lan:3000/a/b",
            "gitea",
            {"GITEA_TOKEN": "g", "GITEA_SERVER_URL": "http://code.lan:3000/"},
            "g",
        ),
        ("https://gitlab.com/a/b", "", {"GITHUB_TOKEN": "x"}, None),
    ],
)
def test_a_token_goes_to_the_host_that_it_is_for(
    remote: str, forge: str, variables: dict[str, str], secret: str | None
) -> None:
    token = choose_token(recognise(remote, forge), variables)
    assert (token.secret if token else None) == secret
