"""The cache as two processes and a full disk see it."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import StorageError
from bedplate.support.cache import Cache, write_atomically

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_put_is_got_and_dropped(tmp_path: Path) -> None:
    for cache in (Cache(tmp_path), Cache(None)):
        assert cache.get("layers", "sha256:ab.1") is None
        cache.put("layers", "sha256:ab.1", b"x")
        assert cache.get("layers", "sha256:ab.1") == b"x"
        cache.drop("layers", "sha256:ab.1")
        assert cache.get("layers", "sha256:ab.1") is None


def test_keys_can_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    for key in ("../x", "a/b", "", ".hidden"):
        with pytest.raises(ValueError, match="not a cache key"):
            Cache(tmp_path).put("layers", key, b"x")


def test_a_folder_that_can_not_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"cannot write the cache in .*file"):
        Cache(tmp_path / "file").put("layers", "a", b"x")


def test_a_failed_write_leaves_the_old_content_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "content"
    write_atomically(target, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pathlib.Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["content"]


def test_a_file_beyond_the_read_limit_counts_as_not_there(tmp_path: Path) -> None:
    Cache(tmp_path).put("layers", "a", b"x" * 100)
    assert Cache(tmp_path, read_limit=50).get("layers", "a") is None


_BUILD = """
import sys, pathlib, time
from bedplate.support.cache import Cache
cache, made = Cache(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2])
with cache.building("layers", "key"):
    if cache.get("layers", "key") is None:
        with made.open("a") as file:
            file.write("x")
        time.sleep(0.2)
        cache.put("layers", "key", b"content")
"""


def test_many_processes_make_a_thing_once(tmp_path: Path) -> None:
    made = tmp_path / "made"
    command = [sys.executable, "-c", _BUILD, str(tmp_path / "cache"), str(made)]
    workers = [subprocess.Popen(command) for _ in range(3)]
    assert [worker.wait(60) for worker in workers] == [0] * 3
    assert made.read_text() == "x"
