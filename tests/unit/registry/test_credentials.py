"""Where logins are found, and whose they are."""

from __future__ import annotations

import base64
import contextlib
import json
import stat
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidConfiguration
from bedplate.registry.auth_document import parse_auth_document
from bedplate.registry.credential_helper import ask_helper
from bedplate.registry.credential_source import Credential, CredentialPlaces
from bedplate.registry.credential_sources import CREDENTIAL_SOURCES, docker_config, podman_auth
from bedplate.registry.credentials import Credentials

if TYPE_CHECKING:
    from pathlib import Path


def _auth(login: str) -> dict[str, str]:
    return {"auth": base64.b64encode(login.encode()).decode()}


def _write(path: Path, document: Any) -> Path:
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def _helper(folder: Path, name: str, script: str) -> str:
    """Put a credential helper, written in Python, on a search path of its own."""
    path = folder / f"docker-credential-{name}"
    path.write_text(
        f"#!{sys.executable}\nimport sys, json, time\nserver = sys.stdin.read()\n{script}"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(folder)


@pytest.mark.parametrize(
    ("key", "registry"),
    [
        ("https://index.docker.io/v1/", "docker.io"),
        ("index.docker.io", "docker.io"),
        ("docker.io", "docker.io"),
        ("ghcr.io", "ghcr.io"),
        ("https://ghcr.io", "ghcr.io"),
        ("http://localhost:5000/v2/", "localhost:5000"),
    ],
)
def test_the_ways_that_docker_writes_a_registry(tmp_path: Path, key: str, registry: str) -> None:
    path = _write(tmp_path / "config.json", {"auths": {key: _auth("ann:pa:ss")}})
    found = docker_config.find(registry, "a/b", CredentialPlaces(docker_config=path))
    assert found is not None
    assert (found.username, found.password, found.source) == ("ann", "pa:ss", str(path))
    other = docker_config.find("quay.io", "a/b", CredentialPlaces(docker_config=path))
    assert other is None


def test_a_login_is_not_shown_by_repr() -> None:
    assert "pw" not in repr(Credential("ann", "pw", "pw-token"))


def test_an_identity_token(tmp_path: Path) -> None:
    entry = {**_auth("00000000:"), "identitytoken": "idt"}
    path = _write(tmp_path / "config.json", {"auths": {"a.azurecr.example": entry}})
    found = docker_config.find("a.azurecr.example", "x", CredentialPlaces(docker_config=path))
    assert found is not None
    assert found.identity_token == "idt"


def test_the_most_specific_podman_login_wins(tmp_path: Path) -> None:
    logins = {"quay.io": "all:1", "quay.io/team": "team:2", "quay.io/team/app": "app:3"}
    document = {"auths": {key: _auth(login) for key, login in logins.items()}}
    places = CredentialPlaces(podman_auth_files=(_write(tmp_path / "auth.json", document),))
    for repository, user in {
        "team/app": "app",
        "team/app/part": "app",
        "team/application": "team",
        "team": "team",
        "teams/app": "all",
    }.items():
        found = podman_auth.find("quay.io", repository, places)
        assert found is not None
        assert found.username == user, repository


def test_the_first_podman_file_that_has_a_login_wins(tmp_path: Path) -> None:
    first = _write(tmp_path / "1.json", {"auths": {"other.io": _auth("x:y")}})
    second = _write(tmp_path / "2.json", {"auths": {"quay.io": _auth("ann:pw")}})
    missing = tmp_path / "none.json"
    places = CredentialPlaces(podman_auth_files=(missing, first, second))
    found = podman_auth.find("quay.io", "a", places)
    assert found is not None
    assert found.source == str(second)


def test_a_helper_of_a_registry_and_a_store_for_the_rest(tmp_path: Path) -> None:
    _helper(tmp_path, "one", 'print(json.dumps({"Username": "one", "Secret": server}))')
    path = _helper(tmp_path, "rest", 'print(json.dumps({"Username": "<token>", "Secret": server}))')
    document = {
        "auths": {"ghcr.io": {}, "quay.io": {}},
        "credHelpers": {"ghcr.io": "one"},
        "credsStore": "rest",
    }
    config = _write(tmp_path / "config.json", document)
    places = CredentialPlaces(docker_config=config, helper_path=path)
    assert docker_config.find("ghcr.io", "a", places) == Credential(
        "one", "ghcr.io", source="docker-credential-one"
    )
    hub = docker_config.find("docker.io", "a", places)
    assert hub is not None
    assert hub.identity_token == "https://index.docker.io/v1/"


def test_a_helper_that_knows_no_login_leaves_it_to_the_file(tmp_path: Path) -> None:
    script = 'print("credentials not found in native keychain"); sys.exit(1)'
    path = _helper(tmp_path, "empty", script)
    document = {"auths": {"ghcr.io": _auth("ann:pw")}, "credsStore": "empty"}
    config = _write(tmp_path / "config.json", document)
    places = CredentialPlaces(docker_config=config, helper_path=path)
    found = docker_config.find("ghcr.io", "a", places)
    assert found is not None
    assert found.username == "ann"
    assert docker_config.find("quay.io", "a", places) is None


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ('print("s3cret"); sys.exit(3)', "failed with status 3"),
        ('print("s3cret")', "JSON"),
        ("print('[\"s3cret\"]')", "JSON"),
        ('print(json.dumps({"Username": "s3cret"}))', "Username and Secret"),
        ('print("s3cret" * 100000)', "more than"),
        ('print("[" * 100000)', "JSON"),
    ],
)
def test_a_helper_that_fails_tells_no_secret(tmp_path: Path, script: str, words: str) -> None:
    path = _helper(tmp_path, "bad", script)
    with pytest.raises(InvalidConfiguration, match=words) as caught:
        ask_helper("bad", "ghcr.io", path)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "script", ["time.sleep(60)", "while True: print('x' * 10000, flush=True); time.sleep(0.01)"]
)
def test_a_helper_that_never_ends_is_ended(tmp_path: Path, script: str) -> None:
    path = _helper(tmp_path, "slow", script)
    with pytest.raises(InvalidConfiguration, match="docker-credential-slow"):
        ask_helper("slow", "ghcr.io", path, patience=0.5)


def test_what_a_helper_starts_ends_with_it(tmp_path: Path) -> None:
    script = "import subprocess; subprocess.run(['sleep', '60'])"
    path = _helper(tmp_path, "parent", script)
    with pytest.raises(InvalidConfiguration, match=r"0\.5 s"):
        ask_helper("parent", "ghcr.io", path, patience=0.5)


@pytest.mark.parametrize("name", ["missing", "../../bin/sh", "", "a/b", "x" * 100])
def test_a_helper_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidConfiguration, match="not on PATH"):
        ask_helper(name, "ghcr.io", str(tmp_path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "not JSON"),
        ("[]", "auths must be an object"),
        ('{"auths": []}', "auths must be an object"),
        ('{"auths": {"ghcr.io": 7}}', "ghcr.io must be an object"),
        ('{"auths": {"ghcr.io": {"auth": "YW5u"}}}', "user:password"),
        ('{"auths": {"ghcr.io": {"auth": "/w=="}}}', "base64"),
        ('{"auths": {"ghcr.io": {"auth": 7}}}', "auth must be text"),
        ('{"credsStore": 7}', "credsStore must be text"),
        ("[" * 100_000, "not JSON"),
        (" " * 2_000_000, "larger than"),
    ],
)
def test_a_file_of_logins_that_is_none(content: str, words: str) -> None:
    with pytest.raises(InvalidConfiguration, match=words) as caught:
        parse_auth_document(content.encode(), "/home/ann/config.json")
    assert "/home/ann/config.json" in str(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_give_logins_or_one_clear_error(content: bytes) -> None:
    with contextlib.suppress(InvalidConfiguration):
        assert isinstance(parse_auth_document(content, "f").logins, dict)


def test_an_empty_file_and_none_hold_no_logins(tmp_path: Path) -> None:
    empty = _write(tmp_path / "empty.json", "")
    for path in (empty, tmp_path / "none.json", empty / "below"):
        assert docker_config.find("ghcr.io", "a", CredentialPlaces(docker_config=path)) is None


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfiguration, match=str(tmp_path)):
        docker_config.find("ghcr.io", "a", CredentialPlaces(docker_config=tmp_path))


def test_the_shelf_is_walked_in_order_and_once(tmp_path: Path) -> None:
    podman = _write(tmp_path / "auth.json", {"auths": {"ghcr.io": _auth("podman:1")}})
    docker = _write(
        tmp_path / "config.json",
        {"auths": {"ghcr.io": _auth("docker:2"), "quay.io": _auth("docker:3")}},
    )
    credentials = Credentials(CredentialPlaces(docker, (podman,)), CREDENTIAL_SOURCES)
    first = credentials.find("ghcr.io", "a")
    assert first is not None
    assert first.username == "podman"
    second = credentials.find("quay.io", "a")
    assert second is not None
    assert second.username == "docker"
    docker.unlink()
    assert credentials.find("quay.io", "a") == second


def test_a_broken_file_is_remembered_not_raised(tmp_path: Path) -> None:
    broken = _write(tmp_path / "auth.json", "{")
    credentials = Credentials(CredentialPlaces(podman_auth_files=(broken,)))
    assert credentials.find("ghcr.io", "a") is None
    assert "auth.json" in credentials.problem("ghcr.io")
    assert credentials.problem("quay.io") == ""
