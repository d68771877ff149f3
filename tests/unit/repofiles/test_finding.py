"""Files are found by name, and what Git ignores is not entered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import BadInput
from bedplate.model.skipped import Skipped
from bedplate.repofiles import find

if TYPE_CHECKING:
    from pathlib import Path


def _write(root: Path, *paths: str, text: str = "FROM a\n") -> None:
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def _found(root: Path, *paths: str) -> list[str]:
    return [
        one.relative_to(root).as_posix()
        for one in find(root, *paths)
        if not isinstance(one, Skipped)
    ]


def test_files_with_usual_names_come_in_order(tmp_path: Path) -> None:
    _write(tmp_path, "b/Dockerfile", "a/compose.yml", "README.md", "z.tf", "Dockerfile", "a/x.py")
    assert _found(tmp_path) == ["Dockerfile", "z.tf", "a/compose.yml", "b/Dockerfile"]


def test_dockerfiles_go_by_many_names(tmp_path: Path) -> None:
    names = ["Dockerfile.dev", "a.Dockerfile", "app-Dockerfile", "b.dockerfile", "Dockerfile_ci"]
    _write(tmp_path, *names)
    assert sorted(_found(tmp_path)) == sorted(names)


def test_files_that_only_look_alike_are_left_out(tmp_path: Path) -> None:
    _write(tmp_path, "dockerfile_test.py", "Dockerfile.dockerignore", "dockerfile.py", "x.yml.bak")
    assert _found(tmp_path) == []


def test_ignored_files_and_folders_are_left_out(tmp_path: Path) -> None:
    _write(tmp_path, ".gitignore", text="/out/\n*.tf\n!keep.tf\n**/deep/\n")
    _write(tmp_path, "out/Dockerfile", "a/out/Dockerfile", "a.tf", "keep.tf", "b/deep/Dockerfile")
    assert _found(tmp_path) == ["keep.tf", "a/out/Dockerfile"]


def test_inner_gitignore_has_the_last_word(tmp_path: Path) -> None:
    _write(tmp_path, ".gitignore", text="*.tf\n")
    _write(tmp_path, "a/.gitignore", text="!x.tf\n/Dockerfile\n")
    _write(tmp_path, "a/x.tf", "a/y.tf", "a/Dockerfile", "a/b/Dockerfile", "x.tf")
    assert _found(tmp_path) == ["a/x.tf", "a/b/Dockerfile"]
    assert _found(tmp_path, "a") == ["a/x.tf", "a/b/Dockerfile"]


def test_repository_folder_is_never_entered(tmp_path: Path) -> None:
    _write(tmp_path, ".git/Dockerfile", ".github/workflows/ci.yml")
    assert _found(tmp_path) == [".github/workflows/ci.yml"]


def test_named_file_is_given_whatever_it_is_called(tmp_path: Path) -> None:
    _write(tmp_path, ".gitignore", text="*\n")
    _write(tmp_path, "odd.txt")
    assert _found(tmp_path, "odd.txt", "odd.txt") == ["odd.txt"]


def test_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere: no such file or folder"):
        list(find(tmp_path, "nowhere"))


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, "a/Dockerfile")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "Containerfile").symlink_to(tmp_path / "a" / "Dockerfile")
    assert _found(tmp_path) == ["Containerfile", "a/Dockerfile"]


def test_folder_that_can_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "a/Dockerfile", "Dockerfile")
    real = os.scandir

    def scandir(path: str) -> object:
        if path.rstrip("/").endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(find(tmp_path))
    assert found[0] == tmp_path / "Dockerfile"
    assert isinstance(found[1], Skipped)
    assert found[1].reason == "can't be read: Permission denied"


def test_line_that_is_no_pattern_leaves_the_others(tmp_path: Path) -> None:
    _write(tmp_path, ".gitignore", text="!\n\\\n/out/\n[\n")
    _write(tmp_path, "out/Dockerfile", "Dockerfile")
    assert _found(tmp_path) == ["Dockerfile"]
