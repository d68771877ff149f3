from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bedplate.cli.output import write_file
from bedplate.errors import ImageNotFound, StorageError


def test_the_result_goes_to_the_file_instead_of_stdout(shell: Any) -> None:
    shell.environment["COLUMNS"] = "80"
    assert shell.run("inspect", "--offline", "scratch", "--output", "report.txt") == 0
    assert shell.out == ""
    assert "0 B compressed" in (shell.folder / "report.txt").read_text(encoding="utf-8")


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    write_file(path, "new")
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_file(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "report"
    path.write_text("old", encoding="utf-8")

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((Path, "replace", fail) if step == "replace" else (os, "fsync", fail)))
    with pytest.raises(StorageError, match="No space left"):
        write_file(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_no_part_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "report", "new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImageNotFound, match="no folder"):
        write_file(tmp_path / "none" / "report", "new")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        write_file(tmp_path, "new")


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(path, "text")
        assert os.read(reader, 100) == b"text"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_what_is_not_unicode_is_written_as_an_escape(tmp_path: Path) -> None:
    write_file(tmp_path / "report", "a\udcffb")
    assert (tmp_path / "report").read_text(encoding="utf-8") == r"a\udcffb"


def test_unwritable_output_leaves_three(shell: Any) -> None:
    assert shell.run("inspect", "--offline", "scratch", "--output", ".") == 3
    assert shell.err.count("\n") == 1
