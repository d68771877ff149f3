"""Files are replaced whole, or stay as they are."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, LimitExceeded, StorageError
from bedplate.updating import edited_file
from bedplate.updating.edited_file import EditedFile, read_edited


@given(st.binary(max_size=200).filter(lambda content: b"\0" not in content))
def test_any_bytes_survive_as_text(content: bytes) -> None:
    file = EditedFile("x", Path("x"), content)
    assert file.text.encode("utf-8", "surrogateescape") == content


def test_mode_and_link_stay(tmp_path: Path) -> None:
    target = tmp_path / "real"
    target.write_bytes(b"old\r\n")
    target.chmod(0o640)
    link = tmp_path / "Dockerfile"
    link.symlink_to("real")
    read_edited(link, "Dockerfile").write("new\r\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Dockerfile", "real"]


def test_a_crash_before_the_move_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f"
    path.write_text("old")

    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(edited_file.os, "fsync", refuse)
    with pytest.raises(StorageError, match="No space left"):
        read_edited(path, "f").write("new")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("f", "old")]


def test_what_someone_else_wrote_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_text("old")
    file = read_edited(path, "f")
    path.write_text("theirs")
    with pytest.raises(StorageError, match="changed while"):
        file.write("ours")
    assert path.read_text() == "theirs"


def test_a_new_file_is_made_but_takes_no_place(tmp_path: Path) -> None:
    path = tmp_path / "bedplate.lock"
    file = EditedFile("bedplate.lock", path, None)
    file.write("{}\n")
    assert path.read_text() == "{}\n"
    with pytest.raises(StorageError):
        file.write("again")


def test_what_people_do_not_write_is_not_read(tmp_path: Path) -> None:
    binary, large, pipe = (tmp_path / name for name in ("binary", "large", "pipe"))
    binary.write_bytes(b"\x7fELF\0")
    with large.open("wb") as file:
        file.truncate(edited_file.MAX_BYTES + 1)
    os.mkfifo(pipe)
    with pytest.raises(BadInput, match="binary: a binary file"):
        read_edited(binary, "binary")
    with pytest.raises(LimitExceeded, match="large: larger than"):
        read_edited(large, "large")
    for path in (pipe, tmp_path, tmp_path / "none"):
        with pytest.raises(BadInput, match="shown"):
            read_edited(path, "shown")
