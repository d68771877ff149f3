"""`bedplate update` in files and commits: what it writes, what it leaves alone."""

from __future__ import annotations

import io
import json
import os
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.cli.main import main
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as running:
        yield running


@pytest.fixture(autouse=True)
def environment(shell: Any) -> None:
    shell.environment |= {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"}


def push(registry: MemoryRegistry, tag: str, name: str = "app") -> str:
    image = registry.add_image(name, "", config={"created": "2025-06-01T00:00:00Z", "x": tag})
    return str(registry.add_index(name, tag, {"linux/amd64": image}).digest)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", folder, "-c", "user.name=Ann", "-c", "user.email=a@example.org", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def repository(shell: Any, **files: str) -> None:
    git(shell.folder, "init", "-q", "-b", "main")
    git(shell.folder, "config", "user.name", "Ann")
    git(shell.folder, "config", "user.email", "a@example.org")
    for name, text in files.items():
        (shell.folder / name).write_bytes(text.encode())
    git(shell.folder, "add", "-A")
    git(shell.folder, "commit", "-q", "-m", "first")


def test_tags_and_digests_move_and_nothing_else_changes(
    shell: Any, registry: MemoryRegistry
) -> None:
    old, new = push(registry, "1.0.0"), push(registry, "1.1.0")
    file = shell.folder / "Dockerfile"
    text = (
        "ARG V=1.0.0\r\n# caf\xe9\r\n"
        f"FROM {registry.host}/app:1.0.0@{old} AS a # 1.0.0\r\n"
        f"FROM {registry.host}/app:$V\r\nFROM scratch"
    )
    file.write_bytes(text.encode("latin-1"))
    assert shell.run("update") == 0
    wanted = text.replace(f"1.0.0@{old}", f"1.1.0@{new}").replace("V=1.0.0", "V=1.1.0")
    assert file.read_bytes() == wanted.encode("latin-1")
    stamp = file.stat()
    assert shell.run("update") == 0
    assert file.stat().st_mtime_ns == stamp.st_mtime_ns
    assert file.stat().st_ino == stamp.st_ino


def test_a_diff_is_a_patch_and_writes_nothing(shell: Any, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    file = shell.folder / "compose.yaml"
    old = f'services:\r\n  a: {{image: "{registry.host}/app:1.0.0"}}'
    file.write_bytes(old.encode())
    assert shell.run("update", "--diff", "--output", "p.diff") == 1
    assert file.read_bytes() == old.encode()
    words = ["git", "apply", "--whitespace=nowarn", "p.diff"]
    subprocess.run(words, cwd=shell.folder, check=True, capture_output=True)
    assert file.read_bytes() == old.replace("1.0.0", "1.1.0").encode()
    assert shell.run("update", "--diff") == 0
    assert shell.out == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ARG V=1.0.0\nFROM {}:${{V}}-slim\n", "ARG V=1.1.0\nFROM {}:${{V}}-slim\n"),
        (
            'arg V="1.0.0"\r\nFROM {}:$V-slim\r\nFROM {}:${{V}}-slim AS b\r\nRUN echo $V',
            'arg V="1.1.0"\r\nFROM {}:$V-slim\r\nFROM {}:${{V}}-slim AS b\r\nRUN echo $V',
        ),
        ("ARG V=1.0.0\nARG W=-slim\nFROM {}:$V$W\n", ""),
        ("ARG V=1.0.0\nFROM {}:${{V}}-slim\nARG V=1.0.0\n", ""),
        ("ARG V=1.0.0\nFROM {}:${{V:-2}}-slim\n", ""),
    ],
)
def test_a_tag_that_is_put_together_from_an_argument(
    shell: Any, registry: MemoryRegistry, old: str, new: str
) -> None:
    for tag in ("1.0.0-slim", "1.1.0-slim"):
        push(registry, tag)
    name = f"{registry.host}/app"
    (shell.folder / "Dockerfile").write_bytes(old.format(name, name).encode())
    assert shell.run("update") == 0
    wanted = (new or old).format(name, name).encode()
    assert (shell.folder / "Dockerfile").read_bytes() == wanted
    assert ("edit it by hand" in shell.out) is not bool(new)


def test_an_argument_that_two_images_share(shell: Any, registry: MemoryRegistry) -> None:
    for name, newest in (("a", "1.1.0"), ("b", "1.2.0"), ("c", "1.1.0")):
        push(registry, "1.0.0", name)
        push(registry, newest, name)
    push(registry, "1.0.0-x", "a")
    host = registry.host
    file = shell.folder / "Dockerfile"
    for text in (
        f"ARG V=1.0.0\nFROM {host}/a:$V\nFROM {host}/b:$V\n",  # they want different ones
        f"ARG V=1.0.0\nFROM {host}/a:$V\nFROM {host}/a:$V-x\n",  # one of them would break
    ):
        file.write_text(text)
        shell.run("update")
        assert file.read_text() == text
        assert "V holds other tags too" in shell.out
    file.write_text(f"ARG V=1.0.0\nFROM {host}/a:$V\nFROM {host}/c:$V\n")
    assert shell.run("update") == 0
    assert file.read_text().startswith("ARG V=1.1.0")


def test_questions_are_asked_once_for_each_image(shell: Any, registry: MemoryRegistry) -> None:
    for name in ("a", "b", "c"):
        push(registry, "1.0.0", name)
        push(registry, "1.1.0", name)
    host = registry.host
    lines = [f"FROM {host}/{name}:1.0.0\n" for name in ("a", "a", "b", "c")]
    (shell.folder / "Dockerfile").write_text("".join(lines))
    assert shell.run("update", "--interactive") == 2
    assert "needs a terminal" in shell.err

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    world = replace(shell.world, stdin=Terminal("what\ny\nq\n"))
    assert main(("update", "--interactive"), world) == 0
    text = (shell.folder / "Dockerfile").read_text()
    assert text == "".join(lines).replace("a:1.0.0", "a:1.1.0")
    assert shell.err.count("[y/n/q]") == 3


def test_one_commit_for_each_group(shell: Any, registry: MemoryRegistry) -> None:
    for name in ("a", "b"):
        push(registry, "1.0.0", name)
        push(registry, "1.1.0", name)
    host = registry.host
    repository(
        shell,
        Dockerfile=f"FROM {host}/a:1.0.0\r\nFROM {host}/b:1.0.0\r\n",
        Containerfile=f"FROM {host}/b:1.0.0\n",
        other="mine\n",
    )
    (shell.folder / "other").write_text("not committed\n")
    git(shell.folder, "add", "other")
    assert shell.run("update", "--commit") == 0
    subjects = git(shell.folder, "log", "--format=%s").splitlines()
    assert subjects == [f"Update {host}/b to 1.1.0", f"Update {host}/a to 1.1.0", "first"]
    assert git(shell.folder, "show", "--format=", "--name-only", "HEAD~1") == "Dockerfile"
    assert git(shell.folder, "show", "HEAD~1:Dockerfile").splitlines() == [
        f"FROM {host}/a:1.1.0",
        f"FROM {host}/b:1.0.0",
    ]
    assert git(shell.folder, "status", "--porcelain") == "M  other"
    head = git(shell.folder, "rev-parse", "HEAD")
    assert shell.run("update", "--commit") == 0
    assert git(shell.folder, "rev-parse", "HEAD") == head


def test_changes_of_a_person_do_not_end_up_in_our_commit(
    shell: Any, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    repository(shell, Dockerfile=f"FROM {registry.host}/app:1.0.0\n")
    text = f"FROM {registry.host}/app:1.0.0\nRUN mine\n"
    (shell.folder / "Dockerfile").write_text(text)
    assert shell.run("update", "--commit") == 2
    assert "not committed" in shell.out
    assert (shell.folder / "Dockerfile").read_text() == text
    assert git(shell.folder, "log", "--format=%s") == "first"


def test_a_hook_that_refuses_leaves_the_files_as_they_were(
    shell: Any, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    text = f"FROM {registry.host}/app:1.0.0\n"
    repository(shell, Dockerfile=text)
    hook = shell.folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho no by policy >&2\nexit 1\n")
    hook.chmod(0o755)
    assert shell.run("update", "--commit") == 2
    assert "no by policy" in shell.out
    assert (shell.folder / "Dockerfile").read_text() == text
    assert git(shell.folder, "status", "--porcelain") == ""


def test_groups_by_a_name(shell: Any, registry: MemoryRegistry) -> None:
    for name in ("a", "b"):
        push(registry, "1.0.0", name)
        push(registry, "1.1.0", name)
    lines = (f"FROM {registry.host}/{name}:1.0.0\n" for name in ("a", "b"))
    (shell.folder / "Dockerfile").write_text("".join(lines))
    (shell.folder / "bedplate.toml").write_text('[update]\ngroup = "Base images"\n')
    assert shell.run("update", "--dry-run", "--format", "json") == 1
    [group] = json.loads(shell.out)["groups"]
    assert group["branch"].startswith("bedplate/base-images")
    assert group["title"].startswith("Update 2 images: ")
    assert len(group["places"]) == 2


def test_pins_are_added_where_the_policy_says_so(shell: Any, registry: MemoryRegistry) -> None:
    digest = push(registry, "1.0.0")
    file = shell.folder / "Dockerfile"
    file.write_text(f"FROM {registry.host}/app:1.0.0\n")
    (shell.folder / "bedplate.toml").write_text("[update]\npin-digests = true\n")
    assert shell.run("update") == 0
    assert file.read_text() == f"FROM {registry.host}/app:1.0.0@{digest}\n"
    assert shell.run("update", "--dry-run") == 0
