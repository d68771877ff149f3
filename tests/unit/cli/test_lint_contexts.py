from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell

DOCKERFILE = "FROM scratch\nCOPY app.log /\n"


def ignored_files(shell: Shell, *argv: str) -> list[str]:
    """Lint, and give the files in which something is copied that is not there."""
    shell.run("lint", "--no-facts", "--format", "json", *argv)
    violations = json.loads(shell.out)["violations"]
    return [one["path"] for one in violations if one["rule"] == "copy-ignored-file"]


@pytest.fixture(name="repository")
def fixture_repository(shell: Shell) -> Path:
    """`docker/Dockerfile`, and a .dockerignore in the folder above it."""
    (shell.folder / "docker").mkdir()
    (shell.folder / "docker/Dockerfile").write_text(DOCKERFILE)
    (shell.folder / ".dockerignore").write_text("*.log\n")
    return shell.folder


def test_the_context_is_the_folder_of_the_dockerfile(shell: Shell, repository: Path) -> None:
    assert ignored_files(shell) == []
    (repository / "docker/.dockerignore").write_text("*.log\n")
    assert ignored_files(shell) == ["docker/Dockerfile"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "compose.yaml",
            "services:\n  a:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile\n",
        ),
        ("docker-bake.hcl", 'target "a" {\n  dockerfile = "docker/Dockerfile"\n}\n'),
        (
            "skaffold.yaml",
            "build: {artifacts: [{docker: {dockerfile: docker/Dockerfile}}]} # skaffold/v1\n",
        ),
        ("bedplate.toml", '[lint.contexts]\n"docker/*" = "."\n'),
        ("bedplate.toml", '[lint.contexts]\n"**/Dockerfile" = "."\n'),
    ],
)
def test_files_say_what_the_context_is(
    shell: Shell, repository: Path, name: str, text: str
) -> None:
    (repository / name).write_text(text)
    assert ignored_files(shell) == ["docker/Dockerfile"]
    own = repository / "docker/Dockerfile.dockerignore"
    own.write_text("*.txt\n")
    assert ignored_files(shell) == []


def test_the_user_says_what_the_context_is(shell: Shell, repository: Path) -> None:
    assert ignored_files(shell, "--context", ".") == ["docker/Dockerfile"]
    assert ignored_files(shell, "--context", "docker") == []


def test_a_context_in_the_configuration_is_from_its_folder(shell: Shell, repository: Path) -> None:
    (repository / "bedplate.toml").write_text('[lint.contexts]\n"docker/Dockerfile" = "."\n')
    shell.folder = repository / "docker"
    assert ignored_files(shell) == ["Dockerfile"]


def test_a_dockerfile_with_several_contexts_is_left_alone(shell: Shell, repository: Path) -> None:
    (repository / "compose.yaml").write_text(
        "services:\n  a:\n    build: {context: ., dockerfile: docker/Dockerfile}\n"
        "  b:\n    build: docker\n"
    )
    assert ignored_files(shell) == []


def test_an_inline_dockerfile_has_the_context_of_its_service(
    shell: Shell, repository: Path
) -> None:
    (repository / "compose.yaml").write_text(
        "services:\n  a:\n    build:\n      dockerfile_inline: |\n"
        "        FROM scratch\n        COPY app.log /\n"
    )
    assert ignored_files(shell) == ["compose.yaml"]


def test_a_context_that_is_no_folder_is_bad_input(shell: Shell, repository: Path) -> None:
    assert shell.run("lint", "--no-facts", "--context", "nowhere") == 2
    assert "nowhere" in shell.err


def test_an_ignore_file_that_is_too_large_is_said_once(shell: Shell, repository: Path) -> None:
    (repository / ".dockerignore").write_text("#" * 300_000)
    for name in ("Dockerfile", "other.Dockerfile"):
        (repository / name).write_text(DOCKERFILE)
    shell.run("lint", "--no-facts", "--format", "json")
    skipped = json.loads(shell.out)["skipped"]
    assert [one["what"] for one in skipped] == [".dockerignore"]
