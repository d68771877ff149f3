"""`bedplate outdated` against a registry: what it proposes, refuses, asks and ends with."""

from __future__ import annotations

import http.server
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.cli.commands import outdated as command
from bedplate.reporting.outdated_formats import OUTDATED_FORMATS
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator

BOTH = ("linux/amd64", "linux/arm64")


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as running:
        yield running


def push(
    registry: MemoryRegistry,
    tag: str,
    *platforms: str,
    created: str = "2025-06-01T00:00:00Z",
    name: str = "app",
) -> str:
    images = {}
    for platform in platforms or BOTH:
        _, architecture = platform.split("/")
        config = {
            "architecture": architecture,
            "created": created,
            "config": {"Labels": {"t": tag}},
        }
        images[platform] = registry.add_image(name, "", config=config)
    return str(registry.add_index(name, tag, images).digest)


def table(shell: Any, *words: str) -> list[dict[str, Any]]:
    shell.run("outdated", "--format", "json", *words)
    found: list[dict[str, Any]] = json.loads(shell.out)["images"]
    return found


def write(shell: Any, *lines: str, name: str = "Dockerfile") -> None:
    path = shell.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def test_formats_of_the_command_are_those_of_the_shelf() -> None:
    assert tuple(entry.NAME for entry in OUTDATED_FORMATS) == command.FORMATS


def test_the_newest_tag_is_proposed_with_its_axis(shell: Any, registry: MemoryRegistry) -> None:
    for tag in ("1.0.0", "1.0.1", "1.2.0", "2.0.0-rc1", "1.2", "latest"):
        push(registry, tag)
    write(shell, f"FROM {registry.host}/app:1.0.0")
    [row] = table(shell)
    assert row["newest"]["tag"] == "1.2.0"
    assert row["newest"]["axes"] == ["minor"]
    assert row["newest"]["behind"] == 2
    assert row["newest"]["platforms"] == list(BOTH)
    assert shell.run("outdated") == 0
    assert "1.2.0" in shell.out
    assert shell.run("outdated", "--exit-code") == 1
    [row] = table(shell, "--axis", "patch")
    assert row["newest"]["tag"] == "1.0.1"


def test_each_reference_costs_three_requests_at_most(shell: Any, registry: MemoryRegistry) -> None:
    for tag in ("1.0.0", "1.1.0", "1.2.0", "2.0.0"):
        push(registry, tag)
    lines = [f"FROM {registry.host}/app:{tag}" for tag in ("1.0.0", "1.1.0", "1.2.0") * 20]
    write(shell, *lines)
    assert len(table(shell)) == 60
    assert len([one for one in registry.requests if one.path != "/v2/"]) <= 3 * 3


def test_a_platform_is_never_lost(shell: Any, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    push(registry, "1.2.0", "linux/amd64")
    write(shell, f"FROM {registry.host}/app:1.0.0")
    [row] = table(shell)
    assert row["newest"]["tag"] == "1.1.0"
    assert row["refused"][0]["reason"] == "platform lost"
    assert "linux/arm64" in row["refused"][0]["detail"]
    [row] = table(shell, "--platform", "linux/amd64")
    assert row["newest"]["tag"] == "1.2.0"
    write(shell, f"FROM --platform=linux/amd64 {registry.host}/app:1.0.0")
    [row] = table(shell)
    assert row["newest"]["tag"] == "1.2.0"


def test_an_image_without_an_index_is_opened_to_know_its_platform(
    shell: Any, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0", "linux/amd64")
    registry.add_image("app", "1.1.0")
    registry.add_image("app", "1.2.0", config={"architecture": "arm64"})
    write(shell, f"FROM {registry.host}/app:1.0.0")
    [row] = table(shell)
    assert row["newest"]["tag"] == "1.1.0"
    registry.add_image("app", "2.0.0", config={"architecture": "arm64"})
    push(registry, "2.1.0", "linux/arm64", "linux/amd64")
    push(registry, "2.2.0", "linux/amd64")
    write(shell, f"FROM {registry.host}/app:2.0.0")
    [row] = table(shell)
    assert row["newest"]["tag"] == "2.1.0"


def test_minimum_age_names_its_source_and_is_fail_closed(
    shell: Any, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0", created="2025-12-01T00:00:00.123456789Z")
    push(registry, "1.2.0", created="2025-12-30T00:00:00Z")
    push(registry, "1.3.0", created="1970-01-01T00:00:00Z")
    write(shell, f"FROM {registry.host}/app:1.0.0")
    [row] = table(shell, "--minimum-age", "7d")
    assert row["newest"]["tag"] == "1.1.0"
    assert row["newest"]["created_by"] == "its builder, in the image"
    reasons = {one["tag"]: one["reason"] for one in row["refused"]}
    assert reasons == {"1.3.0": "age not known", "1.2.0": "too young"}


def test_an_index_that_was_published_a_moment_ago_has_to_settle(
    shell: Any, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    images = {p: registry.add_image("app", "", config={"x": p}) for p in BOTH}
    entries = [
        {
            "mediaType": one.media_type,
            "digest": str(one.digest),
            "size": one.size,
            "platform": dict(zip(("os", "architecture"), name.split("/"), strict=True)),
        }
        for name, one in images.items()
    ]
    index = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": entries,
        "annotations": {"org.opencontainers.image.created": "2026-01-01T11:00:00Z"},
    }
    registry.add_manifest("app", index, "1.1.0", index["mediaType"])
    write(shell, f"FROM {registry.host}/app:1.0.0")
    [row] = table(shell)
    assert row["newest"] is None
    assert row["refused"][0]["reason"] == "not settled"


def test_digests_of_pins_move_with_their_tag(shell: Any, registry: MemoryRegistry) -> None:
    old = push(registry, "1.0.0")
    write(shell, f"FROM {registry.host}/app:1.0.0@{old}", f"FROM {registry.host}/app:1.0.0")
    pinned, plain = table(shell)
    assert pinned["newest"] is None
    new = push(registry, "1.0.0", created="2025-07-01T00:00:00Z")
    pinned, plain = table(shell)
    assert pinned["newest"]["axes"] == ["digest"]
    assert pinned["newest"]["image"] == f"{registry.host}/app:1.0.0@{new}"
    assert plain["newest"] is None


def test_the_same_content_under_a_new_digest_is_no_news(
    shell: Any, registry: MemoryRegistry
) -> None:
    amd, arm = (
        registry.add_image("app", "", config={"architecture": a}) for a in ("amd64", "arm64")
    )
    other = registry.add_image("app", "", config={"architecture": "arm64", "x": 1})
    old = registry.add_index("app", "1.0.0", dict(zip(BOTH, (amd, arm), strict=True))).digest
    registry.add_index("app", "1.0.0", dict(zip(BOTH, (amd, other), strict=True)))
    write(shell, f"FROM {registry.host}/app:1.0.0@{old}")
    [row] = table(shell)
    assert row["newest"]["axes"] == ["digest"]
    [row] = table(shell, "--platform", "linux/amd64")
    assert row["newest"] is None
    assert row["refused"][0]["reason"] == "same content"


def test_a_rate_limit_in_the_middle_leaves_the_rest_unexamined(
    shell: Any, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    with MemoryRegistry() as other:
        push(other, "1.0.0")
        push(other, "1.1.0")
        registry.faults.refuse_with = [429] * 100
        registry.faults.refuse_headers = {"Retry-After": "100000"}
        write(shell, f"FROM {registry.host}/app:1.0.0", f"FROM {other.host}/app:1.0.0")
        assert shell.run("outdated", "--format", "json") == 3
        limited, fine = json.loads(shell.out)["images"]
    assert "limits the rate" in limited["failure"]
    assert fine["newest"]["tag"] == "1.1.0"


def test_a_rule_for_some_paths_until_a_day(shell: Any, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0")
    push(registry, "2.0.0")
    rule = '[[update.rule]]\nfiles = ["old/**"]\nenabled = false\nuntil = {}\n'
    write(shell, f"FROM {registry.host}/app:1.0.0", name="old/Dockerfile")
    write(shell, f"FROM {registry.host}/app:1.0.0")
    write(shell, rule.format("2026-01-01"), name="bedplate.toml")
    assert [row["path"] for row in table(shell)] == ["Dockerfile"]
    write(shell, rule.format("2025-12-31"), name="bedplate.toml")
    assert len(table(shell)) == 2
    shell.run("outdated")
    assert "the rule for old/** ended on 2025-12-31" in shell.out


def test_rules_of_an_axis(shell: Any, registry: MemoryRegistry) -> None:
    for tag in ("1.0.0", "1.1.0", "2.0.0"):
        push(registry, tag)
    write(shell, f"FROM {registry.host}/app:1.0.0")
    write(shell, '[[update.rule]]\nmoves = ["major"]\nenabled = false', name="bedplate.toml")
    [row] = table(shell)
    assert row["newest"]["tag"] == "1.1.0"
    write(shell, '[[update.rule]]\nmoves = ["minor"]\ngroup = "calm"', name="bedplate.toml")
    [row] = table(shell, "--axis", "minor")
    assert row["group"] == "calm"


def test_an_unknown_key_of_the_policy_is_named(shell: Any) -> None:
    write(shell, '[update]\nminimumage = "3d"', name="bedplate.toml")
    assert shell.run("outdated") == 2
    assert "minimumage" in shell.err


def test_offline_the_catalog_answers_and_says_of_which_day(shell: Any) -> None:
    write(shell, "FROM python:3.12-slim", "FROM registry.example/app:1")
    assert shell.run("outdated", "--offline") == 3
    assert "python:3.12-slim" in shell.out
    assert "by the catalog" in shell.out
    assert "not examined registry.example/app:1" in shell.out


def test_names_are_harmless_in_every_format(shell: Any, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    name = "a\x1b[31m|x"
    write(shell, f"FROM {registry.host}/app:1.0.0", name=f"{name}/Dockerfile")
    for form in command.FORMATS:
        shell.run("outdated", "--format", form)
        assert "\x1b" not in shell.out
        assert "1.1.0" in shell.out
    assert "\\|x" in shell.out


def test_docker_hub_tells_when_a_tag_was_pushed(shell: Any, registry: MemoryRegistry) -> None:
    """The registry in memory stands for Docker Hub, as its mirror; a small server for its API."""
    for tag in ("1.0.0", "1.1.0", "1.2.0"):
        push(registry, tag, name="library/app")
    asked: list[str] = []
    pushed = {"1.1.0": "2025-12-01T00:00:00Z", "1.2.0": "2025-12-31T00:00:00Z"}

    class Hub(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tag = self.path.rpartition("/")[2]
            body = json.dumps({"tag_last_pushed": pushed.get(tag)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            asked.append(self.path.rpartition("/")[0])

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub) as hub:
        threading.Thread(target=hub.serve_forever, args=(0.02,), daemon=True).start()
        api = f"http://127.0.0.1:{hub.server_address[1]}/v2"
        policy = f'[update]\nminimum-age = "7d"\nhub-api = "{api}"\n'
        host = f'prefix = "docker.io"\nlocation = "{registry.host}"\ninsecure = true\n'
        write(shell, policy, "[[registry.host]]", host, name="bedplate.toml")
        write(shell, "FROM app:1.0.0")
        [row] = table(shell)
        hub.shutdown()
    assert set(asked) == {"/v2/repositories/library/app/tags"}
    assert row["newest"]["tag"] == "1.1.0"
    assert row["newest"]["created_by"] == "Docker Hub, when it was pushed"
    assert row["refused"][0]["reason"] == "too young"


def test_a_list_without_an_end_is_read_as_far_as_it_may_be(
    shell: Any, registry: MemoryRegistry
) -> None:
    push(registry, "1")
    push(registry, "999")
    registry.faults.endless_tags = True
    write(shell, f"FROM {registry.host}/app:1")
    [row] = table(shell)
    assert row["newest"]["tag"] == "999"
    assert "only these were looked at" in row["notes"][0]
