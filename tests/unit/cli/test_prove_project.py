"""`bedplate prove` of a project of which nothing is installed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.testing.sample_javascript_locks import npm
from bedplate.testing.sample_roots import GLIBC_FILES, MUSL_FILES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Protocol

    class Shell(Protocol):
        folder: Path
        out: str
        err: str

        def run(self, *argv: str) -> int: ...


def lay_out(folder: Path, files: Mapping[str, bytes | str]) -> None:
    for path, content in sorted(files.items(), reverse=True):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            place.symlink_to(content)
        else:
            place.write_bytes(content)


@pytest.fixture(autouse=True)
def fixture_project(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shell.folder)
    lay_out(shell.folder / "debian", GLIBC_FILES)
    lay_out(shell.folder / "alpine", {**MUSL_FILES, "etc/alpine-release": b"3.24.0"})
    lay_out(shell.folder / "shop", {"package-lock.json": npm(), "package.json": b"{}"})


def proofs(shell: Shell, *options: str) -> list[dict[str, Any]]:
    shell.run("prove", "shop", "--on", "dir:alpine", *options, "--all", "--format", "json")
    (base,) = json.loads(shell.out)["bases"]
    found: list[dict[str, Any]] = base["proofs"]
    return found


def outcomes(shell: Shell, *options: str) -> dict[str, str]:
    return {one["package"]: one["outcome"] for one in proofs(shell, *options)}


def test_packages_of_the_lock_file(shell: Shell) -> None:
    found = outcomes(shell)
    assert found["fast 1.0.0"] == "loads"
    assert found["built 2.0.0"] == "fails"


def test_installed_elsewhere(shell: Shell) -> None:
    assert outcomes(shell, "--installed-on", "dir:debian")["fast 1.0.0"] == "fails"


def test_the_exit_code_tells(shell: Shell) -> None:
    assert shell.run("prove", "shop", "--on", "dir:alpine") == 1
    assert "C compiler" in shell.out
    assert "install in a builder stage with musl" in shell.out


def test_what_is_installed_is_judged_as_it_stands(shell: Shell) -> None:
    manifest = {"name": "plain", "version": "1.0.0"}
    place = "shop/node_modules/plain/package.json"
    lay_out(shell.folder, {place: json.dumps(manifest).encode()})
    assert outcomes(shell)["built 2.0.0"] == "fails"  # nothing installed has native code
    manifest["scripts"] = {"install": "node-gyp rebuild"}  # type: ignore[assignment]
    lay_out(shell.folder, {place: json.dumps(manifest).encode()})
    assert outcomes(shell) == {"plain 1.0.0": "fails"}


def test_fetching_is_no_work_for_offline(shell: Shell) -> None:
    assert shell.run("prove", "shop", "--on", "dir:alpine", "--fetch", "--offline") == 2
    assert "--fetch" in shell.err


def test_a_base_that_is_not_there_keeps_no_other_from_being_told(shell: Shell) -> None:
    shell.run("prove", "shop", "--on", "dir:nowhere", "dir:alpine", "--format", "json")
    bases = json.loads(shell.out)["bases"]
    assert [bool(base["proofs"]) for base in bases] == [False, True]
