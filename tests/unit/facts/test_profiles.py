"""Profiles that were kept, and those that came along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.binaries.abi_profile import read_abi_profile
from bedplate.errors import InvalidDocument, StorageError
from bedplate.facts.profiles import EMBEDDED, KeptProfile, Profiles
from bedplate.testing.sample_roots import glibc

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = read_abi_profile(glibc({}))
NAME, PLATFORM = "docker.io/library/debian:12", "linux/amd64"


def _kept(name: str, platform: str = PLATFORM) -> KeptProfile:
    return KeptProfile((name,), platform, "", "an image", "2026-01-01")


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    profiles = Profiles(tmp_path)
    profiles.put(_kept("example.org/x:1"), PROFILE)
    profiles.put(_kept("example.org/y:1"), PROFILE)
    found = profiles.find("example.org/x:1", PLATFORM)
    assert found is not None
    assert found[0].source == "an image"
    assert found[1].loaders == PROFILE.loaders
    assert profiles.find("example.org/x:1", "linux/arm64") is None
    assert profiles.find("example.org/z:1", PLATFORM) is None


def test_the_users_own_goes_before_what_came_along(tmp_path: Path) -> None:
    embedded = Profiles(tmp_path).find(NAME, PLATFORM)
    assert embedded is not None
    assert "as packaged" in embedded[0].source
    Profiles(tmp_path).put(_kept(NAME), PROFILE)
    own = Profiles(tmp_path).find(NAME, PLATFORM)
    assert own is not None
    assert own[0].source == "an image"


def test_without_a_folder_nothing_can_be_kept() -> None:
    with pytest.raises(StorageError):
        Profiles(None).put(_kept(NAME), PROFILE)


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"schema": "other", "profiles": []}'])
def test_a_damaged_index_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/index.json").write_bytes(content)
    with pytest.raises(InvalidDocument, match=r"index\.json"):
        Profiles(tmp_path).find(NAME, PLATFORM)


def test_those_that_came_along_can_be_read_and_are_small() -> None:
    for tag in ("debian:11", "debian:12", "debian:13", "alpine:3.22"):
        found = Profiles(None).find(f"docker.io/library/{tag}", PLATFORM)
        assert found is not None
        kept, profile = found
        assert profile.loaders
        assert (EMBEDDED / kept.file).stat().st_size < 150_000
