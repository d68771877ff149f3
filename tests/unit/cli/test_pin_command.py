"""`bedplate pin` as it is typed: what it prints, what it ends with."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as running:
        yield running


def push(registry: MemoryRegistry, seed: str = "") -> str:
    image = registry.add_image("app", "", config={"created": seed})
    return str(registry.add_index("app", "1", {"linux/amd64": image}).digest)


def test_pin_verify_drift_unpin(shell: Any, registry: MemoryRegistry) -> None:
    digest, file = push(registry), shell.folder / "Dockerfile"
    text = f"FROM {registry.host}/app:1"
    file.write_text(text)
    assert shell.run("pin") == 0
    assert file.read_text() == f"{text}@{digest}"
    assert "1 image in 1 file: 1 pinned; 1 file written" in shell.out
    assert shell.run("pin", "--verify", "Dockerfile") == 0
    push(registry, "new")
    assert shell.run("pin", "--verify") == 1
    assert "drifted" in shell.out
    assert shell.run("pin", "--unpin", "--dry-run") == 1
    assert "1 file would be written" in shell.out
    assert shell.run("pin", "--unpin") == 0
    assert file.read_text() == text


def test_a_diff_is_a_patch_that_git_takes(shell: Any, registry: MemoryRegistry) -> None:
    push(registry)
    file = shell.folder / "Dockerfile"
    file.write_bytes(f"# a\x0cb\r\nFROM {registry.host}/app:1\r\nRUN x\n# \xe9".encode())
    old = file.read_bytes()
    assert shell.run("pin", "--diff", "--output", "p.diff") == 1
    assert file.read_bytes() == old
    words = ["git", "apply", "--whitespace=nowarn", "p.diff"]
    subprocess.run(words, cwd=shell.folder, check=True, capture_output=True)
    patched = file.read_bytes()
    file.write_bytes(old)
    assert shell.run("pin") == 0
    assert file.read_bytes() == patched != old
    assert shell.run("pin", "--diff") == 0
    assert shell.out == ""


def test_json_has_every_place(shell: Any, registry: MemoryRegistry) -> None:
    digest = push(registry)
    (shell.folder / "Dockerfile").write_text(f"FROM {registry.host}/app:1\nFROM $X\n")
    assert shell.run("pin", "--format", "json", "--dry-run") == 1
    report = json.loads(shell.out)
    assert report["schema"] == "bedplate/pin/1"
    assert [pin["status"] for pin in report["pins"]] == ["pinned", "skipped"]
    assert report["pins"][0]["digest"] == digest
    assert report["pins"][1]["line"] == 2
    assert (report["changed"], report["written"]) == (["Dockerfile"], False)


def test_the_lock_file(shell: Any, registry: MemoryRegistry) -> None:
    digest = push(registry)
    (shell.folder / "Dockerfile").write_text(f"FROM {registry.host}/app:1\n")
    assert shell.run("pin", "--lockfile") == 0
    lock = json.loads((shell.folder / "bedplate.lock").read_text())
    assert lock["images"] == {
        f"{registry.host}/app:1": {"date": "2026-01-01", "digest": digest},
    }
    assert shell.run("pin", "--verify") == 0
    push(registry, "new")
    assert shell.run("pin", "--verify") == 1


def test_what_could_not_be_asked_ends_with_3(shell: Any) -> None:
    (shell.folder / "Dockerfile").write_text("FROM registry.example/app:1\n")
    assert shell.run("pin", "--offline") == 3
    assert "not in the catalog" in shell.out
    assert shell.run("pin", "--offline", "--diff") == 3
    assert shell.out == ""
    assert "not in the catalog" in shell.err


def test_a_folder_without_images_is_clean(shell: Any) -> None:
    assert shell.run("pin") == 0
    assert shell.out == "no images\n"


@pytest.mark.parametrize(
    "words",
    [
        ("--verify", "--unpin"),
        ("--verify", "--diff"),
        ("--expand", "--lockfile"),
        ("--diff", "--dry-run"),
        ("absent",),
    ],
)
def test_what_does_not_go_together_ends_with_2(shell: Any, words: tuple[str, ...]) -> None:
    assert shell.run("pin", *words) == 2
    assert len(shell.err.splitlines()) == 1


def test_names_from_files_do_not_act_on_the_terminal(shell: Any) -> None:
    (shell.folder / "Dockerfile").write_text("FROM \x1b[2Jx${Y}\n")
    shell.run("pin", "--offline")
    assert "\x1b" not in shell.out
    assert "\\x1b" in shell.out


def test_the_examples_can_be_pinned_offline(shell: Any) -> None:
    words = ("pin", "--offline", "--expand", "--dry-run", "--format", "json")
    assert shell.run(*words, str(ROOT / "examples")) == 1
    report = json.loads(shell.out)
    unknown = [pin["image"] for pin in report["pins"] if pin["status"] != "pinned"]
    assert unknown == ["python:3.13"]  # which the catalog does not have
    assert len(report["changed"]) == 7


def test_hooks_and_action_call_what_there_is(shell: Any) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        program, *words = hook["entry"].split()
        assert program == "bedplate"
        assert shell.run(*words) == 0
    lint = next(hook for hook in hooks if hook["id"] == "bedplate-lint")
    for name in ("Dockerfile", "a/b.Dockerfile", "Containerfile.dev", "x/dockerfile-arm"):
        assert re.search(lint["files"], name)
    for name in ("Dockerfiles/x", "compose.yaml", "docs/dockerfile/a.md"):
        assert not re.search(lint["files"], name)
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    scripts = [step["run"] for step in action["runs"]["steps"]]
    assert all("${{" not in script for script in scripts)
