"""Addresses of package indexes: from the user's own tools, or none."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bedplate.cli.index_addresses import find_addresses
from bedplate.cli.world import World

if TYPE_CHECKING:
    from pathlib import Path


def world(folder: Path, **variables: str) -> World:
    return World({"HOME": str(folder), **variables}, io.StringIO(), io.StringIO(), folder)


def test_nothing_is_configured(tmp_path: Path) -> None:
    assert find_addresses(world(tmp_path), tmp_path).npm == ""


def test_variables_count_before_files(tmp_path: Path) -> None:
    (tmp_path / ".npmrc").write_text("registry=https://file.example/\n")
    chosen = world(
        tmp_path,
        PIP_INDEX_URL="https://pip.example/simple",
        NPM_CONFIG_REGISTRY="https://npm.example/",
    )
    found = find_addresses(chosen, tmp_path)
    assert (found.npm, found.pypi) == ("https://npm.example/", "https://pip.example/simple")


def test_files_of_npm_and_pip(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / ".npmrc").write_text("always-auth=true\nregistry = https://home.example/\n")
    (tmp_path / ".config/pip").mkdir(parents=True)
    (tmp_path / ".config/pip/pip.conf").write_text("[global]\nindex-url = https://i.example/s\n")
    found = find_addresses(world(tmp_path), project)
    assert (found.npm, found.pypi) == ("https://home.example/", "https://i.example/s")
    (project / ".npmrc").write_text("registry=https://project.example/\n")
    assert find_addresses(world(tmp_path), project).npm == "https://project.example/"


def test_a_broken_file_says_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "pip.conf"
    broken.write_text("index-url without a section\n")
    good = tmp_path / ".config/pip"
    good.mkdir(parents=True)
    (good / "pip.conf").write_text("[global]\nindex-url = https://i.example/s\n")
    found = find_addresses(world(tmp_path, PIP_CONFIG_FILE=str(broken)), tmp_path)
    assert found.pypi == "https://i.example/s"
