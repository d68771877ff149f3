"""`bedplate rebase` and `bedplate annotate` as their users run them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Shell

OLD, NEW = layer_tar({"etc/release": b"1"}), layer_tar({"etc/release": b"2"})
APP = layer_tar({"srv/app": b"x"})


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry(shared=False) as running:
        running.add_image("os", "1", [OLD])
        running.add_image("os", "2", [NEW])
        running.add_image("app", "1", [OLD, APP], {"created": "2020-01-01T00:00:00Z"})
        yield running


def words(registry: MemoryRegistry, *more: str) -> list[str]:
    onto, old = f"{registry.host}/os:2", f"{registry.host}/os:1"
    return ["rebase", f"{registry.host}/app:1", "--onto", onto, "--from", old, *more]


def test_the_digest_is_printed(shell: Shell, registry: MemoryRegistry) -> None:
    assert shell.run(*words(registry, "--tag", "2")) == 0
    digest = registry.stored.manifests.keys() - {("app", "1")}
    last = shell.out.splitlines()[-1]
    assert last.startswith(f"written  {registry.host}/app:2@sha256:")
    assert ("app", last.partition("@")[2]) in digest


def test_a_refusal_is_1_and_names_the_reason(shell: Shell, registry: MemoryRegistry) -> None:
    registry.add_image("app", "1", [OLD, APP], {"config": {"User": "ghost\x1b[2J"}})
    assert shell.run(*words(registry, "--tag", "2")) == 1
    assert "refused  accounts: the image starts as user ghost\\x1b[2J" in shell.out
    assert "nothing was written" in shell.out
    assert ("app", "2") not in registry.stored.manifests
    assert shell.run(*words(registry, "--tag", "2", "--force")) == 0


def test_json(shell: Shell, registry: MemoryRegistry) -> None:
    assert shell.run(*words(registry, "--dry-run", "--format", "json")) == 0
    report = json.loads(shell.out)
    assert (report["schema"], report["written"]) == ("bedplate/rebase/1", False)
    assert report["blocked"] is False
    [platform] = report["platforms"]
    assert platform["base_layers"] == [1, 1]
    assert platform["app_layers"] == 1
    assert registry.paths("PUT") == []


def test_the_time_comes_from_the_environment_or_an_option(
    shell: Shell, registry: MemoryRegistry
) -> None:
    def created() -> str:
        _, content = registry.stored.manifests["app", "2"]
        digest = json.loads(content)["config"]["digest"]
        return str(json.loads(registry.stored.blobs[digest])["created"])

    again = words(registry, "--tag", "2", "--overwrite")
    shell.run(*again)
    assert created() == "2020-01-01T00:00:00Z"
    shell.environment["SOURCE_DATE_EPOCH"] = "0"
    shell.run(*again)
    assert created() == "1970-01-01T00:00:00Z"
    shell.run(*again, "--source-date-epoch", "86400")
    assert created() == "1970-01-02T00:00:00Z"


@pytest.mark.parametrize("seconds", ["soon", "-1", "9" * 12, "9" * 5000, "²"])
def test_a_time_that_is_none(shell: Shell, registry: MemoryRegistry, seconds: str) -> None:
    assert shell.run(*words(registry, f"--source-date-epoch={seconds}")) == 2
    assert "is no time" in shell.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--tag", ""], "is there already (write elsewhere with --tag, or use --overwrite)"),
        (["--tag", "no such tag"], "no such tag"),
        (["--tag", "2", "--platform", "plan9"], "not a platform"),
        (["--tag", "2", "--offline"], "offline"),
    ],
)
def test_what_can_not_be_done_is_one_line(
    shell: Shell, registry: MemoryRegistry, more: list[str], said: str
) -> None:
    assert shell.run(*words(registry, *more)) == 2
    [line] = shell.err.splitlines()
    assert said in line
    assert registry.paths("PUT") == []


def test_annotate(shell: Shell, registry: MemoryRegistry) -> None:
    base = f"{registry.host}/os:1"
    assert shell.run("annotate", f"{registry.host}/app:1", "--base", base) == 0
    lines = shell.out.splitlines()
    assert lines[0].startswith(f"linux/amd64  {base}@sha256:")
    assert lines[-1].startswith(f"written  {registry.host}/app:1@sha256:")
    assert lines[-2].startswith("before  sha256:")
    assert shell.run("annotate", f"{registry.host}/app:1", "--format", "json") == 0
    assert json.loads(shell.out)["written"] is False
