"""Reading a project's folder: what is taken, what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.errors import ImageNotFound
from bedplate.flows.project_folder import read_project
from bedplate.testing.elf_builder import ElfBuilder

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_packages_builds_and_hidden_folders_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "package.json", "src/a.js", "node_modules/b/c.js", ".cache/d.js", "dist/e.js")
    put(tmp_path, ".github/workflows/ci.yml", ".nvmrc", "notes.txt", "Dockerfile")
    files, skipped = read_project(tmp_path)
    assert set(files.contents) == {
        "package.json",
        "src/a.js",
        ".github/workflows/ci.yml",
        ".nvmrc",
        "Dockerfile",
    }
    assert files.dockerfile == "Dockerfile"
    assert skipped == ()


def test_links_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "project/package.json", "secret.js")
    (tmp_path / "project/link.js").symlink_to("../secret.js")
    (tmp_path / "project/loop").symlink_to(".")
    assert set(read_project(tmp_path / "project").files.contents) == {"package.json"}


def test_a_dockerfile_can_be_named(tmp_path: Path) -> None:
    put(tmp_path, "Dockerfile", "deploy/prod.docker")
    assert read_project(tmp_path, "deploy/prod.docker").files.dockerfile == "deploy/prod.docker"
    with pytest.raises(ImageNotFound):
        read_project(tmp_path, "deploy/other")
    with pytest.raises(ImageNotFound):
        read_project(tmp_path / "nowhere")


def test_compiled_programs_are_seen_by_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/tool").write_bytes(ElfBuilder().build())
    put(tmp_path, "bin/script")
    assert list(read_project(tmp_path).files.programs) == ["bin/tool"]


def test_large_sources_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "big.js").write_text("x" * 600_000)
    put(tmp_path, "package.json")
    assert set(read_project(tmp_path).files.contents) == {"package.json"}
