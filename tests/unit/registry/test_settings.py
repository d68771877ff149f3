"""Mirrors, locations, certificates: from files to endpoints."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidConfiguration
from bedplate.model.reference import Reference
from bedplate.registry import registry_table
from bedplate.registry.certificate_folders import find_certificates
from bedplate.registry.endpoint import Endpoint
from bedplate.registry.registries_conf import parse_registries_conf
from bedplate.registry.registry_table import read_registry_table
from bedplate.registry.settings import Mirror, RegistryRule, RegistrySettings
from bedplate.registry.settings_loader import SettingsPlaces, load_settings
from bedplate.support.http_settings import Tls

DIGEST = "sha256:" + "0" * 64


def _asked(rules: tuple[RegistryRule, ...], name: str) -> list[str]:
    endpoints = RegistrySettings(rules).endpoints(Reference.parse(name))
    return [f"{endpoint.registry}/{endpoint.repository}" for endpoint in endpoints]


def test_without_settings_a_registry_is_asked_itself() -> None:
    assert _asked((), "node:20") == ["docker.io/library/node"]
    (endpoint,) = RegistrySettings().endpoints(Reference.parse("node:20"))
    assert endpoint.host == "registry-1.docker.io"
    assert endpoint.schemes == ()


@pytest.mark.parametrize(
    ("registry", "insecure", "schemes"),
    [
        ("ghcr.io", False, ()),
        ("ghcr.io:5000", True, ("https", "http")),
        ("localhost:5000", False, ("http", "https")),
        ("127.0.0.1", False, ("http", "https")),
        ("[::1]:5000", False, ("http", "https")),
        ("localhost.example:5000", False, ()),
    ],
)
def test_schemes(registry: str, *, insecure: bool, schemes: tuple[str, ...]) -> None:
    assert Endpoint(registry, "a", insecure).schemes == schemes


CONF = """
unqualified-search-registries = ["docker.io"]

[[registry]]
prefix = "docker.io"
location = "hub.corp.example/dockerhub"
[[registry.mirror]]
location = "mirror-1.example:5000"
insecure = true
[[registry.mirror]]
location = "mirror-2.example/hub"
pull-from-mirror = "digest-only"

[[registry]]
location = "docker.io/library"
mirror-by-digest-only = true
[[registry.mirror]]
location = "official.example"

[[registry]]
prefix = "*.blocked.example"
blocked = true

[[registry]]
location = "plain.example:5000"
insecure = true
"""


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (
            "team/app:1",
            ["mirror-1.example:5000/team/app", "hub.corp.example/dockerhub/team/app"],
        ),
        (
            f"team/app@{DIGEST}",
            [
                "mirror-1.example:5000/team/app",
                "mirror-2.example/hub/team/app",
                "hub.corp.example/dockerhub/team/app",
            ],
        ),
        ("node:20", ["docker.io/library/node"]),
        (f"node@{DIGEST}", ["official.example/node", "docker.io/library/node"]),
        ("plain.example:5000/a", ["plain.example:5000/a"]),
        (
            "libraryx/node",
            ["mirror-1.example:5000/libraryx/node", "hub.corp.example/dockerhub/libraryx/node"],
        ),
        ("blocked.example/a", ["blocked.example/a"]),
    ],
)
def test_registries_conf(name: str, asked: list[str]) -> None:
    assert _asked(parse_registries_conf(CONF, "registries.conf"), name) == asked


def test_a_blocked_registry_names_its_file() -> None:
    rules = parse_registries_conf(CONF, "/etc/containers/registries.conf")
    with pytest.raises(InvalidConfiguration, match=r"/etc/containers/registries\.conf"):
        _asked(rules, "eu.blocked.example/a")


def test_insecure_holds_for_the_host_it_was_said_of() -> None:
    settings = RegistrySettings(parse_registries_conf(CONF, "f"))
    assert settings.tls("plain.example:5000").insecure
    assert settings.tls("mirror-1.example:5000").insecure
    assert not settings.tls("mirror-2.example").insecure
    assert not settings.tls("plain.example").insecure
    assert not settings.tls("registry-1.docker.io").insecure
    assert settings.tls("localhost:5000").insecure


def test_the_old_version_of_the_file() -> None:
    text = (
        '[registries.insecure]\nregistries = ["old.example"]\n[registries.block]\nregistries = []'
    )
    (rule,) = parse_registries_conf(text, "f")
    assert rule == RegistryRule("old.example", insecure=True, source="f")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[registry", "not TOML"),
        ("registry = 7", "registry must be a list"),
        ("[[registry]]", r"registry\[0\].prefix"),
        ("[[registry]]\nlocation = 7", r"registry\[0\].location must be a text"),
        ('[[registry]]\nlocation = "https://a.example"', "without a scheme"),
        ('[[registry]]\nlocation = "a"\ninsecure = "yes"', "insecure must be true or false"),
        ('[[registry]]\nlocation = "a"\nmirror = [{}]', r"mirror\[0\].location is missing"),
        (
            '[[registry]]\nlocation = "a"\nmirror = [{location = "b", pull-from-mirror = "x"}]',
            "pull-from-mirror must be",
        ),
        ("a = " + "[" * 5000, "not TOML"),
    ],
)
def test_a_registries_conf_that_is_none(text: str, words: str) -> None:
    with pytest.raises(InvalidConfiguration, match=words) as caught:
        parse_registries_conf(text, "my.conf")
    assert "my.conf" in str(caught.value)


@given(st.text(max_size=200))
def test_any_text_gives_rules_or_one_clear_error(text: str) -> None:
    with contextlib.suppress(InvalidConfiguration):
        assert isinstance(parse_registries_conf(text, "f"), tuple)


def test_the_table_of_bedplate_toml() -> None:
    host: dict[str, Any] = {
        "prefix": "docker.io",
        "location": "hub.example",
        "mirrors": ["m1.example", {"location": "m2.example", "insecure": True, "pull": "tag-only"}],
        "ca-file": "ca.pem",
        "client-certificate": "me.pem",
        "client-key": "/keys/me.key",
    }
    table = read_registry_table(
        {"connect-timeout": 1.5, "retries": 0, "host": [host]}, "bedplate.toml", Path("/conf")
    )
    (rule,) = table.rules
    assert rule.mirrors == (
        Mirror("m1.example"),
        Mirror("m2.example", insecure=True, pull="tag-only"),
    )
    assert rule.tls == Tls((Path("/conf/ca.pem"),), Path("/conf/me.pem"), Path("/keys/me.key"))
    assert (table.http.connect_timeout, table.http.retries) == (1.5, 0)
    assert table.http.read_timeout == 30
    assert RegistrySettings(table.rules).tls("hub.example") == rule.tls


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"timeout": 3}, "unknown field registry.timeout"),
        ({"retries": -1}, "registry.retries must be from 0 to 20"),
        ({"retries": True}, "must be a number"),
        ({"read-timeout": float("nan")}, "must be a number"),
        ({"host": [{}]}, r"registry.host\[0\].prefix is missing"),
        ({"host": {}}, "must be a list"),
        ({"host": ["docker.io"]}, "must hold tables only"),
        ({"host": [{"prefix": "a.b", "mirror": []}]}, r"unknown field registry.host\[0\].mirror"),
        ({"host": [{"prefix": "a.b", "client-key": "k"}]}, "without client-certificate"),
        ({"host": [{"prefix": "a.b", "mirrors": [7]}]}, r"mirrors\[0\] must be"),
        ({"host": [{"prefix": "a.b", "mirrors": [{"location": "c", "pull": "x"}]}]}, "pull must"),
        ({"host": [{"prefix": "UPPER/Case"}]}, "prefix must be"),
    ],
)
def test_a_table_with_a_slip(table: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidConfiguration, match=words) as caught:
        read_registry_table(table, "bedplate.toml", Path())
    assert "bedplate.toml" in str(caught.value)


def test_later_files_win(tmp_path: Path) -> None:
    conf = tmp_path / "registries.conf"
    conf.write_text('[[registry]]\nlocation = "a.example"\nblocked = true')
    drop_ins = tmp_path / "registries.conf.d"
    drop_ins.mkdir()
    (drop_ins / "10-b.conf").write_text(
        '[[registry]]\nprefix = "a.example"\nlocation = "b.example"'
    )
    (drop_ins / "20-c.conf").write_text(
        '[[registry]]\nprefix = "a.example"\nlocation = "c.example"'
    )
    (drop_ins / "30-d.txt").write_text("not read")
    places = SettingsPlaces(registries_conf=conf, certificate_folders=())
    settings = load_settings(places)
    assert settings.endpoints(Reference.parse("a.example/x"))[0].registry == "c.example"
    own = SettingsPlaces(
        registries_conf=conf,
        table={"host": [{"prefix": "a.example", "location": "own.example"}]},
        table_file=tmp_path / "bedplate.toml",
    )
    reference = Reference.parse("a.example/x")
    assert load_settings(own).endpoints(reference)[0].registry == "own.example"


def test_files_that_are_not_there_are_empty(tmp_path: Path) -> None:
    places = SettingsPlaces(
        registries_conf=tmp_path / "none.conf", drop_in_folders=(tmp_path / "none.d",)
    )
    assert load_settings(places).rules == ()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 2_000_000])
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "registries.conf"
    path.write_bytes(content)
    with pytest.raises(InvalidConfiguration, match=r"registries\.conf"):
        load_settings(SettingsPlaces(registries_conf=path))


def test_certificates_of_a_host(tmp_path: Path) -> None:
    folder = tmp_path / "certs.d"
    host = folder / "reg.example:5000"
    host.mkdir(parents=True)
    for name in ("b.crt", "a.crt", "client.cert", "client.key", "alone.cert", "notes.txt"):
        (host / name).touch()
    folders = (tmp_path / "none", folder)
    tls = find_certificates(folders, "reg.example:5000")
    assert tls == Tls((host / "a.crt", host / "b.crt"), host / "client.cert", host / "client.key")
    assert find_certificates(folders, "reg.example") == Tls()
    assert find_certificates(folders, "../certs.d/reg.example:5000") == Tls()
    settings = RegistrySettings(certificate_folders=folders)
    assert settings.tls("reg.example:5000") == tls


def test_every_field_is_documented() -> None:
    page = Path(__file__).parents[3] / "docs/registries.md"
    text = page.read_text(encoding="utf-8")
    fields = {
        *registry_table.PATIENCE,
        *registry_table.HOST_FIELDS,
        *registry_table.MIRROR_FIELDS,
    }
    assert [field for field in sorted(fields) if f"`{field}`" not in text] == []
